import type { Bench, Made } from '../bench.ts';
import { demandHeld, validatorGroup } from '../bodies.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { demand, demandIds, demandStatus, demandUnassigned, demandValue, listed } from '../demand.ts';
import { addMembers, type DialectName, removeMember, spell } from '../dialect.ts';

/** The gallery's tests of groups (entra.md H8). */
export function galleryGroups(dialect: DialectName): Section {
  const rename = (value: string) => spell(dialect, { op: 'replace', path: 'displayName', value });
  const checks: Check[] = [
    must('entra.md H8, C2, C5', 'Create_Group', async (bench) => {
      const sent = validatorGroup(bench);
      demandIds(await find(bench, sent.displayName), []);
      const { reply } = await bench.group([], { ...sent, members: undefined });
      demandHeld(reply, bench.server, 'Group', sent);
    }),
    must('entra.md H8, C6', 'Update_Group', async (bench) => {
      const { path } = await bench.group();
      const name = bench.name('renamed');
      demandValue(await bench.patched(path, ...rename(name)), 'displayName', name);
    }),
    must('entra.md H8, C15', 'Delete_Group', async (bench) => {
      const { path } = await bench.group([await bench.user()]);
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.get(path), 404);
    }),
    must('entra.md H8, C7, C11', 'Group_Update_Add_Member', async (bench) => {
      const people = [await bench.user(), await bench.user(), await bench.user()];
      const { path } = await bench.group([people[0]!]);
      const after = await bench.patched(path, addMembers(dialect, people[1]!.id, people[2]!.id));
      demandValue(after, 'members', members(people));
    }),
    must('entra.md H8, C8, C9', 'Group_Update_Remove_Member', async (bench) => {
      const people = [await bench.user(), await bench.user(), await bench.user()];
      const { path } = await bench.group(people);
      const after = await bench.patched(path, removeMember(dialect, people[0]!.id));
      demandValue(after, 'members', members(people.slice(1)));
    }),
    must('entra.md H8, B20, E10', 'POD_Group', async (bench) => {
      const people = [await bench.user(), await bench.user()];
      const { path, id, body } = await bench.group([], validatorGroup(bench));
      demandIds(await find(bench, body.displayName), [id]);
      // On demand, Entra ignores the flag of the tenant URL.
      const after = await bench.patched(path, ...people.map((one) => addMembers('verbose', one.id)));
      demandValue(after, 'members', members(people));
    }),
    must('entra.md H8', 'Restore_Group', async (bench) => {
      const sent = validatorGroup(bench);
      const { path } = await bench.group([], sent);
      demandStatus(await bench.delete(path), 204);
      const again = await bench.group([], sent);
      demandValue(again.reply, 'displayName', sent.displayName);
    }),
    must('entra.md H8, C5', 'SCIM_Group_Create', async (bench) => {
      const sent = {
        ...validatorGroup(bench),
        schemas: [
          'urn:ietf:params:scim:schemas:core:2.0:Group',
          'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
        ],
        meta: { resourceType: 'Group' },
      };
      const { path } = await bench.group([], { ...sent, members: undefined });
      const { schemas: _schemas, meta: _meta, ...held } = sent as Record<string, unknown>;
      demandHeld(demandStatus(await bench.get(path), 200), bench.server, 'Group', held);
    }),
    must('entra.md H8, C4, C6', 'SCIM_Group_Update', async (bench) => {
      const person = await bench.user();
      const { path } = await bench.group([person]);
      const name = bench.name('renamed');
      const after = await bench.patched(path, ...rename(name));
      demandValue(after, 'displayName', name);
      demandValue(after, 'members', members([person]));
      demandUnassigned(await bench.get(`${path}?excludedAttributes=members`), 'members');
    }),
    must('entra.md H8', 'SCIM_Group_Pagination', (bench) => pages(bench)),
  ];
  return section({ title: 'Groups', checks: () => checks });
}

const members = (people: Made[]) => people.map(({ id }) => ({ value: id }));

const find = (bench: Bench, displayName: unknown) =>
  bench.query('Group', { excludedAttributes: 'members', filter: `displayName eq "${displayName}"` });

async function pages(bench: Bench): Promise<void> {
  const ids = [];
  for (let n = 0; n < 6; n++) ids.push((await bench.group()).id);
  const seen: unknown[] = [];
  for (let startIndex = 1, total = 6; startIndex <= total; startIndex += 5) {
    const reply = await bench.get(`/Groups?startIndex=${startIndex}&count=5`);
    seen.push(...listed(reply).map(({ id }) => id));
    demand(reply, reply.body.startIndex === startIndex, `startIndex ${startIndex}`);
    total = Number(reply.body.totalResults);
  }
  const reply = await bench.get('/Groups?startIndex=1&count=5');
  demand(
    reply,
    ids.every((id) => seen.filter((one) => one === id).length === 1),
    'every group on one of the pages',
  );
}
