import type { Bench, Made } from '../bench.ts';
import { demandHeld, fullUser } from '../bodies.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { demand, demandIds, demandStatus, demandUnassigned, demandValue, listed } from '../demand.ts';
import { type DialectName, spell } from '../dialect.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { bareAdditions, replacements } from './user-changes.ts';

const MANAGER = `${ENTERPRISE}:manager`;

/** The validator's tests of users (entra.md H7, 1 to 13). */
export function microsoftUsers(dialect: DialectName): Section {
  const withFull = async (bench: Bench): Promise<Made> => bench.user(fullUser(bench));
  const checks: Check[] = [
    must('entra.md H7 1, B9', 'Create a new User', async (bench) => {
      const sent = fullUser(bench);
      const made = await bench.user(sent);
      demand(made.reply, made.id !== 'undefined', 'an id');
      demandHeld(made.reply, bench.server, 'User', sent);
      demandHeld(demandStatus(await bench.get(made.path), 200), bench.server, 'User', sent);
      await bench.user({ schemas: [USER] });
    }),
    must('entra.md H7 2', 'Create a duplicate User', async (bench) => {
      const { body } = await withFull(bench);
      demandStatus(await bench.post('/Users', { ...fullUser(bench), userName: body.userName }), 409);
    }),
    must('entra.md H7 3, A9, B3', 'Filter for an existing user', async (bench) => {
      const { id, body } = await withFull(bench);
      await bench.user();
      demandIds(await bench.query('User', { filter: `userName eq "${body.userName}"` }), [id]);
      // The validator leaves the quotes as they are (entra.md A9).
      const raw = encodeURIComponent(String(body.userName));
      demandIds(await bench.get(`/Users?filter=userName+eq+"${raw}"`), [id]);
    }),
    must('entra.md H7 4, A1', 'Filter for a non-existing user', async (bench) => {
      const reply = await bench.query('User', { filter: `userName eq "${bench.name('nobody')}"` });
      demand(reply, listed(reply).length === 0 && reply.body.totalResults === 0, 'an empty list');
    }),
    must('entra.md H7 5, B4', 'Filter for an existing user with a different case', async (bench) => {
      const { id, body } = await withFull(bench);
      demandIds(await bench.query('User', { filter: `userName eq "${String(body.userName).toUpperCase()}"` }), [id]);
    }),
    must('entra.md H7 6, B16', 'Patch User - Replace Attributes (Verbose Request)', async (bench) => {
      const { path } = await withFull(bench);
      const { changes, expected } = replacements(bench);
      const after = await bench.patched(path, ...spell(dialect, ...changes));
      for (const [at, value] of expected) demandValue(after, at, value);
    }),
    must('entra.md H7 7', 'Update User userName', async (bench) => {
      const { path, id } = await withFull(bench);
      const userName = `${bench.name('renamed')}@ondricka.us`;
      const after = await bench.patched(path, ...spell(dialect, { op: 'replace', path: 'userName', value: userName }));
      demandValue(after, 'userName', userName);
      demandIds(await bench.query('User', { filter: `userName eq "${userName}"` }), [id]);
    }),
    must('entra.md H7 8, B17, B30', 'Patch User - Disable User', async (bench) => {
      need(bench.server, 'User', 'active');
      const { path, body, id } = await withFull(bench);
      const after = await bench.patched(path, ...spell(dialect, { op: 'replace', path: 'active', value: false }));
      demandValue(after, 'active', false);
      demandIds(await bench.query('User', { filter: `userName eq "${body.userName}"` }), [id]);
    }),
    must('entra.md H7 9, B22', 'Patch User - Add Attributes Verbose Request', async (bench) => {
      const { path } = await bench.user();
      const { changes, expected } = bareAdditions(bench);
      const after = await bench.patched(path, ...spell(dialect, ...changes));
      for (const [at, value] of expected) demandValue(after, at, value);
    }),
    ...managerChecks(dialect),
    must('entra.md H7 13, B32', 'Delete a User', async (bench) => {
      const { path, body } = await withFull(bench);
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.get(path), 404);
      demandIds(await bench.query('User', { filter: `userName eq "${body.userName}"` }), []);
    }),
  ];
  return section({ title: 'Users', checks: () => checks });
}

/** The manager comes as an object, as a text or in a list, and goes by an empty value or a removal (entra.md B23). */
function managerChecks(dialect: DialectName): Check[] {
  const setting = (value: unknown) => spell(dialect, { op: 'add', path: MANAGER, value });
  const people = async (bench: Bench) => {
    need(bench.server, 'User', MANAGER);
    return [await bench.user(), await bench.user(), await bench.user()] as const;
  };
  return [
    must('entra.md H7 10, B23, B25', 'Add Manager', async (bench) => {
      const [{ path }, { id }, other] = await people(bench);
      demandValue(await bench.patched(path, ...setting({ value: id })), `${MANAGER}.value`, id);
      demandValue(await bench.patched(path, ...setting(other.id)), `${MANAGER}.value`, other.id);
    }),
    must('entra.md H7 11, B23', 'Replace Manager', async (bench) => {
      const [{ path }, first, second] = await people(bench);
      await bench.patched(path, ...setting({ value: first.id }));
      const change = { op: 'replace', path: MANAGER, value: { value: second.id } } as const;
      demandValue(await bench.patched(path, ...spell(dialect, change)), `${MANAGER}.value`, second.id);
    }),
    must('entra.md H7 12, B23, B26', 'Remove Manager', async (bench) => {
      const [{ path }, { id }] = await people(bench);
      for (const value of [undefined, { value: '' }, '']) {
        await bench.patched(path, ...setting({ value: id }));
        const op = value === undefined ? 'remove' : 'replace';
        const after = await bench.patched(path, ...spell(dialect, { op, path: MANAGER, value }));
        demandUnassigned(after, MANAGER);
      }
    }),
  ];
}
