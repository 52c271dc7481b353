import type { Bench } from '../bench.ts';
import { demandHeld, fullUser } from '../bodies.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { demand, demandIds, demandStatus, demandUnassigned, demandValue, listed } from '../demand.ts';
import { type DialectName, spell } from '../dialect.ts';
import type { Resource } from '../json.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';

const MANAGER = `${ENTERPRISE}:manager`;
const CLEARED = ['displayName', 'title', 'name.givenName', 'name.familyName', 'preferredLanguage', 'userType'];

/** The gallery's tests of users (entra.md H8). Those that look at Entra's own side are played by what Entra then sends. */
export function galleryUsers(dialect: DialectName): Section {
  const active = (value: boolean) => spell(dialect, { op: 'replace', path: 'active', value });
  const checks: Check[] = [
    must('entra.md H8, B2, B8', 'Create_User', async (bench) => {
      const sent = fullUser(bench);
      await matchNothing(bench, sent);
      const { reply } = await bench.user(sent);
      demandHeld(reply, bench.server, 'User', sent);
    }),
    must('entra.md H8, B6', 'Update_User', async (bench) => {
      need(bench.server, 'User', 'displayName', 'title');
      const { path } = await bench.user(fullUser(bench));
      const after = await bench.patched(
        path,
        ...spell(
          dialect,
          { op: 'replace', path: 'displayName', value: 'Changed' },
          { op: 'replace', path: 'title', value: 'Changed too' },
        ),
      );
      demandValue(after, 'displayName', 'Changed');
      demandValue(after, 'title', 'Changed too');
    }),
    must('entra.md H8, B17, B30', 'Disable_User', async (bench) => {
      need(bench.server, 'User', 'active');
      const { path } = await bench.user(fullUser(bench));
      demandValue(await bench.patched(path, ...active(false)), 'active', false);
    }),
    must('entra.md H8, B32', 'Delete_User', async (bench) => {
      const { path } = await bench.user(fullUser(bench));
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.get(path), 404);
    }),
    must('entra.md H8, B23', 'User_Update_Manager', (bench) => moveManager(bench, dialect)),
    must('entra.md H8, B31', 'Restore_User', async (bench) => {
      need(bench.server, 'User', 'active');
      const person = await bench.user(fullUser(bench));
      const { path, id } = person;
      const group = await bench.group([person]);
      await bench.patched(path, ...active(false));
      demandValue(await bench.patched(path, ...active(true)), 'active', true);
      demandValue(demandStatus(await bench.get(group.path), 200), 'members', [{ value: id }]);
    }),
    must('entra.md H8, B20, E10', 'POD_User', async (bench) => {
      need(bench.server, 'User', 'active', 'displayName');
      const sent = fullUser(bench);
      await matchNothing(bench, sent);
      const { path, id } = await bench.user(sent);
      demandIds(await bench.query('User', { filter: `userName eq "${sent.userName}"` }), [id]);
      // On demand, Entra ignores the flag of the tenant URL and spells each value apart.
      const asked = spell('verbose', { op: 'replace', path: 'displayName', value: 'On demand' });
      demandValue(await bench.patched(path, ...asked), 'displayName', 'On demand');
    }),
    must('entra.md H8, B26', 'SCIM_Null_Update', (bench) => clear(bench, dialect)),
    must('entra.md H8, B9', 'SCIM_User_Create', async (bench) => {
      const sent = fullUser(bench);
      const { reply, path } = await bench.user(sent);
      const { schemas } = reply.body;
      demand(reply, Array.isArray(schemas) && schemas.includes(USER), 'the User schema among schemas');
      demandHeld(demandStatus(await bench.get(path), 200), bench.server, 'User', sent);
    }),
    must('entra.md H8, B16, B19, B29', 'SCIM_User_Update', async (bench) => {
      need(bench.server, 'User', 'emails.type', 'name.familyName', 'displayName');
      const { path } = await bench.user(fullUser(bench));
      const mail = `${bench.name('mail')}@hammes.info`;
      const after = await bench.patched(
        path,
        ...spell(
          dialect,
          { op: 'replace', path: 'emails[type eq "work"].value', value: mail },
          { op: 'replace', path: 'name.familyName', value: 'Unua' },
          { op: 'replace', path: 'displayName', value: 'Bjfe' },
        ),
      );
      demandValue(after, 'emails', [{ type: 'work', value: mail }]);
      demandValue(after, 'name', { familyName: 'Unua', givenName: 'Elfrieda' });
      demandValue(after, 'displayName', 'Bjfe');
    }),
    must('entra.md H8', 'SCIM_User_Pagination', (bench) => pages(bench)),
    must('entra.md H8, B23', 'SCIM_Update_Manager', (bench) => moveManager(bench, dialect)),
  ];
  return section({ title: 'Users', checks: () => checks });
}

/** The match sequence finds nobody, so that Entra creates (entra.md B2). */
async function matchNothing(bench: Bench, { userName, externalId }: Resource): Promise<void> {
  demandIds(await bench.query('User', { filter: `userName eq "${userName}"` }), []);
  demandIds(await bench.query('User', { filter: `externalId eq "${externalId}"` }), []);
}

async function moveManager(bench: Bench, dialect: DialectName): Promise<void> {
  need(bench.server, 'User', MANAGER);
  const [person, first, second] = [await bench.user(fullUser(bench)), await bench.user(), await bench.user()];
  for (const { id } of [first, second]) {
    const change = { op: 'replace', path: MANAGER, value: { value: id } } as const;
    demandValue(await bench.patched(person.path, ...spell(dialect, change)), `${MANAGER}.value`, id);
  }
  demandUnassigned(await bench.patched(person.path, ...spell(dialect, { op: 'remove', path: MANAGER })), MANAGER);
}

/** An empty text and a null unassign, one by one and all in one operation. */
async function clear(bench: Bench, dialect: DialectName): Promise<void> {
  const paths = CLEARED.filter((path) => bench.server.has('User', path));
  for (const value of ['', null]) {
    const { path } = await bench.user(fullUser(bench));
    const changes = paths.map((one) => ({ op: 'replace', path: one, value }) as const);
    const after = await bench.patched(path, ...spell(dialect, ...changes));
    for (const one of paths) demandUnassigned(after, one);
  }
}

/** At least eleven users, five to a page; each page says where it begins. */
async function pages(bench: Bench): Promise<void> {
  const ids = [];
  for (let n = 0; n < 11; n++) ids.push((await bench.user()).id);
  const seen: unknown[] = [];
  for (let startIndex = 1, total = 11; startIndex <= total; startIndex += 5) {
    const reply = await bench.get(`/Users?startIndex=${startIndex}&count=5`);
    const found = listed(reply);
    demand(reply, reply.body.startIndex === startIndex, `startIndex ${startIndex}`);
    total = Number(reply.body.totalResults);
    demand(reply, total >= 11, 'totalResults of at least 11');
    demand(reply, found.length === Math.min(5, total - startIndex + 1), 'a full page of 5, or the rest');
    seen.push(...found.map(({ id }) => id));
  }
  const reply = await bench.get('/Users?startIndex=1&count=5');
  demand(
    reply,
    ids.every((id) => seen.filter((one) => one === id).length === 1),
    'every user on one of the pages',
  );
}
