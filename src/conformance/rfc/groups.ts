import type { Made, Operation } from '../bench.ts';
import { type Check, type Level, must, section, should } from '../check.ts';
import { demand, demandIds, demandStatus, demandUnassigned, demandValue, NotOffered } from '../demand.ts';
import { objectsOf } from '../json.ts';

const values = (...people: Made[]) => people.map(({ id }) => ({ value: id }));

/** A PATCH of a group of ada and bob; cleo is not in it. `left` says who is in it afterwards. */
interface Case {
  level?: Level;
  cite: string;
  title: string;
  operations(people: { ada: Made; bob: Made; cleo: Made }): Operation[];
  left(people: { ada: Made; bob: Made; cleo: Made }): Made[];
}

const cases: Case[] = [
  {
    cite: 'RFC 7644 §3.5.2.1',
    title: 'add gives a group a member and keeps the others.',
    operations: ({ cleo }) => [{ op: 'add', path: 'members', value: values(cleo) }],
    left: ({ ada, bob, cleo }) => [ada, bob, cleo],
  },
  {
    level: 'should',
    cite: 'RFC 7644 §3.5.2.1',
    title: 'add of a member that is there adds nobody twice.',
    operations: ({ ada }) => [{ op: 'add', path: 'members', value: values(ada) }],
    left: ({ ada, bob }) => [ada, bob],
  },
  {
    cite: 'RFC 7644 §3.5.2.1',
    title: 'add without a path gives a group a member.',
    operations: ({ cleo }) => [{ op: 'add', value: { members: values(cleo) } }],
    left: ({ ada, bob, cleo }) => [ada, bob, cleo],
  },
  {
    cite: 'RFC 7644 §3.5.2.2',
    title: 'remove by members[value eq …] takes that member and no other.',
    operations: ({ ada }) => [{ op: 'remove', path: `members[value eq "${ada.id}"]` }],
    left: ({ bob }) => [bob],
  },
  {
    cite: 'RFC 7644 §3.5.2.2',
    title: 'remove of members empties the group.',
    operations: () => [{ op: 'remove', path: 'members' }],
    left: () => [],
  },
  {
    cite: 'RFC 7644 §3.5.2.2',
    title: 'remove by a filter with or takes all that match.',
    operations: ({ ada, bob }) => [{ op: 'remove', path: `members[value eq "${ada.id}" or value eq "${bob.id}"]` }],
    left: () => [],
  },
  {
    cite: 'RFC 7644 §3.5.2.3',
    title: 'replace of members leaves only the new ones.',
    operations: ({ cleo }) => [{ op: 'replace', path: 'members', value: values(cleo) }],
    left: ({ cleo }) => [cleo],
  },
  {
    cite: 'RFC 7644 §3.5.2.3',
    title: 'replace of members by an empty list empties the group.',
    operations: () => [{ op: 'replace', path: 'members', value: [] }],
    left: () => [],
  },
  {
    cite: 'RFC 7644 §3.5.2',
    title: 'One PATCH may take a member and give another.',
    operations: ({ ada, cleo }) => [
      { op: 'remove', path: `members[value eq "${ada.id}"]` },
      { op: 'add', path: 'members', value: values(cleo) },
    ],
    left: ({ bob, cleo }) => [bob, cleo],
  },
  {
    cite: 'RFC 7644 §3.5.2.3',
    title: 'A replaced displayName leaves the members alone.',
    operations: ({ ada }) => [{ op: 'replace', path: 'displayName', value: `${ada.body.userName} group` }],
    left: ({ ada, bob }) => [ada, bob],
  },
];

/** Groups and their members (RFC 7643 §4.2, RFC 7644 §3.5.2). */
export const groups = section({
  title: 'Groups',
  checks: (server): Check[] => [
    ...cases.map(({ level, cite, title, operations, left }) =>
      (level === 'should' ? should : must)(cite, title, async (bench) => {
        if (!server.supports('patch')) throw new NotOffered('ServiceProviderConfig: no PATCH');
        const people = { ada: await bench.user(), bob: await bench.user(), cleo: await bench.user() };
        const { path } = await bench.group([people.ada, people.bob]);
        const after = await bench.patched(path, ...operations(people));
        const stay = left(people);
        if (stay.length === 0) demandUnassigned(after, 'members');
        else demandValue(after, 'members', values(...stay));
      }),
    ),
    must('RFC 7643 §4.2', 'A group is made with its members.', async (bench) => {
      const people = [await bench.user(), await bench.user()];
      const { path, reply } = await bench.group(people);
      demandValue(reply, 'members', values(...people));
      demandValue(await bench.get(path), 'members', values(...people));
    }),
    should('RFC 7643 §2.4', 'A member that is given twice is there once.', async (bench) => {
      const one = await bench.user();
      const { path } = await bench.group([one, one]);
      demandValue(await bench.get(path), 'members', values(one));
    }),
    should('RFC 7643 §4.2', 'A deleted user is no longer a member.', async (bench) => {
      const [stays, goes] = [await bench.user(), await bench.user()];
      const { path } = await bench.group([stays, goes]);
      demandStatus(await bench.delete(goes.path), 204);
      demandValue(await bench.get(path), 'members', values(stays));
    }),
    must('RFC 7644 §3.6', 'A deleted group leaves its members as users.', async (bench) => {
      const one = await bench.user();
      const { path } = await bench.group([one]);
      demandStatus(await bench.delete(path), 204);
      demandStatus(await bench.get(one.path), 200);
    }),
    must('RFC 7644 §3.4.2.2', 'A group is found by its displayName.', async (bench) => {
      const { id, body } = await bench.group();
      demandIds(await bench.query('Group', { filter: `displayName eq "${body.displayName}"` }), [id]);
    }),
    must('RFC 7644 §3.4.2.2', 'A group is found by a member.', async (bench) => {
      const one = await bench.user();
      const { id } = await bench.group([one]);
      await bench.group([await bench.user()]);
      demandIds(await bench.query('Group', { filter: `members.value eq "${one.id}"` }), [id]);
      demandIds(await bench.query('Group', { filter: `members[value eq "${one.id}"]` }), [id]);
    }),
    must('RFC 7643 §4.2', 'A group may have 100 members, and shows them all.', async (bench) => {
      const people = [];
      for (let n = 0; n < 100; n += 10) {
        people.push(...(await Promise.all(Array.from({ length: 10 }, () => bench.user()))));
      }
      const { path } = await bench.group(people);
      const reply = await bench.get(path);
      demand(reply, objectsOf(reply.body.members).length === 100, '100 members');
    }),
  ],
});
