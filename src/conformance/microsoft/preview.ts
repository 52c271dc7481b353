import { fullUser, validatorGroup } from '../bodies.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { demandStatus, demandUnassigned, demandValue } from '../demand.ts';
import { addMembers, type DialectName, removeMember, spell } from '../dialect.ts';
import { need } from '../server.ts';

/** The validator's tests in preview (entra.md H7). */
export function microsoftPreview(dialect: DialectName): Section {
  const checks: Check[] = [
    must('entra.md H7 preview, B27', 'Patch User - Multiple Ops on different attributes', async (bench) => {
      need(bench.server, 'User', 'preferredLanguage', 'displayName');
      const { path } = await bench.user(fullUser(bench));
      const externalId = bench.name('external');
      const after = await bench.patched(
        path,
        ...spell(
          dialect,
          { op: 'remove', path: 'preferredLanguage' },
          { op: 'add', path: 'externalId', value: externalId },
          { op: 'replace', path: 'displayName', value: 'Three at once' },
        ),
      );
      demandUnassigned(after, 'preferredLanguage');
      demandValue(after, 'externalId', externalId);
      demandValue(after, 'displayName', 'Three at once');
    }),
    must('entra.md H7 preview, B27', 'Patch User - Multiple Ops on same attribute', async (bench) => {
      need(bench.server, 'User', 'displayName');
      const { path } = await bench.user(fullUser(bench));
      const steps = [
        { op: 'remove', path: 'displayName' },
        { op: 'add', path: 'displayName', value: 'Second' },
        { op: 'replace', path: 'displayName', value: 'Third' },
      ] as const;
      demandValue(await bench.patched(path, ...steps.flatMap((one) => spell(dialect, one))), 'displayName', 'Third');
    }),
    must('entra.md H7 preview, B34', 'Delete a non-existent User', async (bench) => {
      demandStatus(await bench.delete(`/Users/${bench.name('nobody')}`), 404);
    }),
    must('entra.md H7 preview, B34', 'Delete the same User twice', async (bench) => {
      const { path } = await bench.user();
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.delete(path), 404);
    }),
    must('entra.md H7 preview, C9', 'Patch Group - Multiple Ops on same attribute', async (bench) => {
      const [stays, comes] = [await bench.user(), await bench.user()];
      const { path } = await bench.group([stays], validatorGroup(bench));
      const after = await bench.patched(path, addMembers(dialect, comes.id), removeMember(dialect, comes.id));
      demandValue(after, 'members', [{ value: stays.id }]);
    }),
    must('entra.md H7 preview, B34', 'Delete a non-existent Group', async (bench) => {
      demandStatus(await bench.delete(`/Groups/${bench.name('nothing')}`), 404);
    }),
    must('entra.md H7 preview, B34', 'Delete the same Group twice', async (bench) => {
      const { path } = await bench.group();
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.delete(path), 404);
    }),
  ];
  return section({ title: 'Preview', checks: () => checks });
}
