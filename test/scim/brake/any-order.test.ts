import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { addMember, removeMember, setActive } from '../admission/company.ts';
import { brakedCompany } from './stage.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const PEOPLE = 6;
const NEVER = 1_000_000;

type Step = {
  what: 'disable' | 'enable' | 'delete' | 'leave' | 'join' | 'empty' | 'rename';
  who: number;
  group: number;
};
type Stage = Awaited<ReturnType<typeof staged>>;

/** A company with two groups of everybody, whose brake lets so many people go. */
async function staged(brakeMinimum: number) {
  const company = await brakedCompany(hub, PEOPLE, { brakeMinimum });
  return {
    ...company,
    groups: [await company.client.group('A', company.ids), await company.client.group('B', company.ids)],
  };
}

/** Sends the step as Entra does; returns what a directory sees of the answer. */
async function send({ client, ids, groups }: Stage, { what, who, group }: Step): Promise<unknown[]> {
  const person = `/Users/${ids[who]}`;
  const place = `/Groups/${groups[group]}`;
  const { status, body } = await {
    disable: () => client.patch(person, setActive(false)),
    enable: () => client.patch(person, setActive(true)),
    rename: () => client.patch(person, { op: 'Replace', path: 'displayName', value: `Renamed ${who}` }),
    delete: () => client.delete(person),
    leave: () => client.patch(place, removeMember(ids[who])),
    join: () => client.patch(place, addMember(ids[who])),
    empty: () => client.send('PUT', place, { displayName: 'AB'[group], members: [] }),
  }[what]();
  return [status, body.active, body.displayName];
}

/** What the directory reads, by position. */
async function read({ client, ids, groups }: Stage): Promise<unknown> {
  const people = await Promise.all(ids.map((id) => client.get(`/Users/${id}`)));
  const members = await Promise.all(groups.map((id) => client.members(id)));
  return {
    people: people.map(({ status, body }) => [status, body.active, body.displayName]),
    members: members.map((list) => list.map((id) => ids.indexOf(id)).sort()),
  };
}

/** How people stand, by position. */
const standing = async (stage: Stage): Promise<unknown> =>
  Promise.all(
    stage.ids.map(async (id) => {
      const query = 'query ($id: ID!) { user(id: $id) { status displayName waitsFor teams { nodes { name } } } }';
      return (await stage.ask(query, { id })).data.user;
    }),
  );

const stepOf = (...whats: Step['what'][]) =>
  fc.record({
    what: fc.constantFrom(...whats),
    who: fc.integer({ min: 0, max: PEOPLE - 1 }),
    group: fc.integer({ min: 0, max: 1 }),
  });

test('in any order a directory sees the same with the brake on, and all is the same when it is allowed', async () => {
  const steps = fc.array(stepOf('disable', 'enable', 'delete', 'leave', 'join', 'empty', 'rename'), { maxLength: 16 });
  const property = fc.asyncProperty(steps, async (list) => {
    const [braked, free] = [await staged(1), await staged(NEVER)];
    for (const step of list) expect(await send(braked, step)).toEqual(await send(free, step));
    expect(await read(braked)).toEqual(await read(free));
    if ((await braked.brake()).state === 'BRAKED') await braked.release('ALLOW_HELD');
    expect(await standing(braked)).toEqual(await standing(free));
    expect(await read(braked)).toEqual(await read(free));
  });
  await fc.assert(property, { numRuns: 25 });
}, 60_000);

test('in any order what a directory takes away is all there again when it is taken back', async () => {
  const steps = fc.array(stepOf('disable', 'enable', 'delete', 'leave', 'join', 'empty'), {
    minLength: 2,
    maxLength: 16,
  });
  const property = fc.asyncProperty(steps, async (list) => {
    const stage = await staged(1);
    const before = [await standing(stage), await read(stage)];
    for (const step of list) await send(stage, step);
    fc.pre((await stage.brake()).state === 'BRAKED');
    const { problems } = await stage.release('RESTORE');
    expect(problems).toEqual([]);
    expect([await standing(stage), await read(stage)]).toEqual(before);
  });
  await fc.assert(property, { numRuns: 25 });
}, 60_000);
