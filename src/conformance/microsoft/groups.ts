import type { Bench, Made } from '../bench.ts';
import { demandHeld, validatorGroup } from '../bodies.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { demand, demandIds, demandStatus, demandUnassigned, demandValue, listed } from '../demand.ts';
import { addMembers, type DialectName, removeMember, spell } from '../dialect.ts';

/** The validator's tests of groups (entra.md H7, 14 to 25). */
export function microsoftGroups(dialect: DialectName): Section {
  const checks = [...reading(), ...writing(dialect)];
  return section({ title: 'Groups', checks: () => checks });
}

/** A group with two people in it, beside another. */
async function filled(bench: Bench): Promise<{ group: Made; people: [Made, Made] }> {
  const people: [Made, Made] = [await bench.user(), await bench.user()];
  await bench.group();
  return { group: await bench.group(people, validatorGroup(bench)), people };
}

function reading(): Check[] {
  return [
    must('entra.md H7 14, C3, C4', 'Get group by id excluding members', async (bench) => {
      const { group } = await filled(bench);
      const reply = demandStatus(await bench.get(`${group.path}?excludedAttributes=members`), 200);
      demandValue(reply, 'id', group.id);
      demandUnassigned(reply, 'members');
    }),
    must('entra.md H7 15, C2, C4', 'Filter for existing group excluding members', async (bench) => {
      const { group } = await filled(bench);
      const filter = `displayName eq "${group.body.displayName}"`;
      const reply = await bench.query('Group', { excludedAttributes: 'members', filter });
      demandIds(reply, [group.id]);
      demandUnassigned(reply, 'members', listed(reply)[0]);
    }),
    must('entra.md H7 16, C2', 'Filter for an existing group', async (bench) => {
      const { group } = await filled(bench);
      demandIds(await bench.query('Group', { filter: `displayName eq "${group.body.displayName}"` }), [group.id]);
    }),
    must('entra.md H7 17', 'Filter for a non-existing group', async (bench) => {
      const reply = await bench.query('Group', { filter: `displayName eq "${bench.name('nothing')}"` });
      demand(reply, listed(reply).length === 0 && reply.body.totalResults === 0, 'an empty list');
    }),
    must('entra.md H7 18, B4', 'Filter for an existing group with a different case', async (bench) => {
      const { group } = await filled(bench);
      const name = String(group.body.displayName).toUpperCase();
      demandIds(await bench.query('Group', { filter: `displayName eq "${name}"` }), [group.id]);
    }),
  ];
}

function writing(dialect: DialectName): Check[] {
  const members = (...made: Made[]) => made.map(({ id }) => ({ value: id }));
  return [
    must('entra.md H7 19, C5', 'Create a new Group', async (bench) => {
      const sent = validatorGroup(bench);
      const made = await bench.group([], { ...sent, members: undefined });
      demandHeld(made.reply, bench.server, 'Group', sent);
      demandHeld(demandStatus(await bench.get(made.path), 200), bench.server, 'Group', sent);
    }),
    must('entra.md H7 20', 'Create a duplicate Group', async (bench) => {
      const sent = validatorGroup(bench);
      await bench.group([], sent);
      demandStatus(await bench.post('/Groups', { ...validatorGroup(bench), displayName: sent.displayName }), 409);
    }),
    must('entra.md H7 21, C6', 'Patch Group - Replace Attributes', async (bench) => {
      const { group, people } = await filled(bench);
      const externalId = bench.name('external');
      const displayName = bench.name('renamed');
      const after = await bench.patched(
        group.path,
        ...spell(
          dialect,
          { op: 'replace', path: 'displayName', value: displayName },
          { op: 'replace', path: 'externalId', value: externalId },
        ),
      );
      demandValue(after, 'displayName', displayName);
      demandValue(after, 'externalId', externalId);
      demandValue(after, 'members', members(...people));
    }),
    must('entra.md H7 22, C6', 'Update Group displayName/externalId', async (bench) => {
      const { group, people } = await filled(bench);
      for (const path of ['displayName', 'externalId']) {
        const value = bench.name(path);
        const after = await bench.patched(group.path, ...spell(dialect, { op: 'replace', path, value }));
        demandValue(after, path, value);
        demandValue(after, 'members', members(...people));
      }
    }),
    must('entra.md H7 23, C7', 'Patch Group - Add Member', async (bench) => {
      const { group, people } = await filled(bench);
      const third = await bench.user();
      const after = await bench.patched(group.path, addMembers(dialect, third.id));
      demandValue(after, 'members', members(...people, third));
      demandValue(await bench.patched(group.path, addMembers(dialect, third.id)), 'members', members(...people, third));
      // What the validator itself sends under this name.
      const replaced = { op: 'replace', path: 'members', value: members(third) };
      demandValue(await bench.patched(group.path, replaced), 'members', members(third));
    }),
    must('entra.md H7 24, C8, C9', 'Patch Group - Remove Member', async (bench) => {
      const { group, people } = await filled(bench);
      const [gone, stays] = people;
      demandValue(await bench.patched(group.path, removeMember(dialect, gone.id)), 'members', members(stays));
    }),
    must('entra.md H7 25', 'Delete a Group', async (bench) => {
      const { group } = await filled(bench);
      demandStatus(await bench.delete(group.path), 204);
      demandStatus(await bench.get(group.path), 404);
    }),
  ];
}
