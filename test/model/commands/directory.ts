import fc from 'fast-check';
import { expect } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import type { Caller } from '../../../src/scim/operations/caller.ts';
import { unconditional } from '../../../src/scim/operations/precondition.ts';
import { createUser, deleteUser, patchUserBy, replaceUser } from '../../../src/scim/operations/users.ts';
import type { Stored } from '../../../src/scim/resource/render.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import {
  end,
  governor,
  type Model,
  type ModelLink,
  type ModelPerson,
  newPerson,
  personAt,
  type RecordKey,
  recordKeys,
  type Seat,
  seats,
  slots,
  statusUnder,
  take,
} from '../model.ts';
import type { World } from '../world.ts';

const NOBODY = 'usr_00000000000000000000000000';
const seat = fc.constantFrom(...seats);
const slot = fc.constantFrom(...slots);
const text = fc.constantFrom('Europe/Rome', 'Europe/Oslo', 'Asia/Tokyo');
const record: fc.Arbitrary<ModelLink['record']> = fc.record(
  { title: text, department: text, timezone: text, badge: text, active: fc.boolean() },
  { requiredKeys: [] },
);

/** A record that does not say so is of an active person (RFC 7643 §4.1.1 leaves it to the server). */
const activeUnlessSaid = { active: true };

/** The body of a record as Entra sends it: whoever sits there calls a person the same. */
export const bodyOf = (seat: Seat, slot: number, { department, ...rest }: ModelLink['record']) => ({
  userName: `person${slot}`,
  externalId: externalId(seat, slot),
  ...rest,
  ...(department !== undefined && { [ENTERPRISE]: { department } }),
});

/** What a directory of that seat calls the person of that place. */
export const externalId = (seat: Seat, slot: number) => `external-${seat}-${slot}`;

/** What that directory must read back: its own last words. */
export const demandReadBack = (stored: Stored, seat: Seat, person: ModelPerson, { record }: ModelLink): void => {
  expect([stored.id, stored.version]).toEqual([person.id, person.version]);
  expect(stored.resource).toMatchObject(bodyOf(seat, person.slot, record));
  for (const key of recordKeys) if (record[key] === undefined) expect(readOf(stored.resource, key)).toBeUndefined();
};

const readOf = (resource: Stored['resource'], key: RecordKey) =>
  key === 'department' ? (resource[ENTERPRISE] as { department?: string } | undefined)?.department : resource[key];

const create: ModelCommand<{ seat: Seat; slot: number; record: ModelLink['record'] }> = {
  name: 'POST',
  weight: 4,
  args: fc.record({ seat, slot, record }),
  async run(world, { seat, slot, record }) {
    const { model, directories } = world;
    const number = model.seated[seat];
    const known = personAt(model, slot);
    const isMeant = known !== undefined && isMeantBy(model, known, seat);
    const work = createUser(directories[number]!, bodyOf(seat, slot, record));
    if (!(await demandRefusal(world, known && !isMeant ? 'NOT_UNIQUE' : null, work))) return;
    const person = known ?? newPerson((await work).id, slot);
    const link: ModelLink = { record: {}, words: {} };
    if (known) {
      person.version++;
      inherit(model, person, link, record);
    } else model.people.push(person);
    person.links.set(number, link);
    take(model, person, number, { ...activeUnlessSaid, ...record });
    demandReadBack(await work, seat, person, link);
  },
};

/** Whether a directory that sends a person who is there means them: an admin said so, or one like it had left them. */
function isMeantBy(model: Model, person: ModelPerson, seat: Seat): boolean {
  const number = model.seated[seat];
  if (person.links.has(number)) return false;
  if (model.expected.has(`${number} ${person.id}`)) return true;
  return governor(model, person) === undefined && [...person.links.keys()].some((left) => model.seatOf[left] === seat);
}

/** A word that a disconnected directory had left, said again, is as old as it was. */
function inherit({ live }: Model, person: ModelPerson, link: ModelLink, record: ModelLink['record']): void {
  const left = [...person.links].filter(([number]) => !live[number]).map(([, { words }]) => words);
  for (const key of recordKeys) {
    const latest = left.flatMap((words) => words[key] ?? []).sort((a, b) => b.at - a.at)[0];
    if (latest && latest.value === record[key]) link.words[key] = latest;
  }
}

/** The person of a place as that directory may name them, and whether it holds them. */
const heldBy = ({ model }: World, seat: Seat, slot: number) => {
  const person = personAt(model, slot);
  const number = model.seated[seat];
  return { person, number, link: person?.links.get(number), id: person?.id ?? NOBODY };
};

type Changed = { seat: Seat; slot: number; record: ModelLink['record'] };

/** Sends a change of a held person; an unheld one is unknown to that directory, whoever made them. */
async function change(
  world: World,
  { seat, slot }: Changed,
  next: (before: ModelLink['record']) => ModelLink['record'],
  send: (caller: Caller, id: string) => Promise<Stored>,
): Promise<void> {
  const { person, number, link, id } = heldBy(world, seat, slot);
  const work = send(world.directories[number]!, id);
  if (!(await demandRefusal(world, link ? null : 'NOT_FOUND', work))) return;
  if (take(world.model, person!, number, next(link!.record))) person!.version++;
  demandReadBack(await work, seat, person!, link!);
}

const put: ModelCommand<Changed> = {
  name: 'PUT',
  weight: 2,
  args: fc.record({ seat, slot, record }),
  run: (world, args) =>
    change(
      world,
      args,
      // Who was shut out stays so unless the record says otherwise.
      (before) => ({ active: before.active !== false, ...args.record }),
      (caller, id) => replaceUser(caller, id, bodyOf(args.seat, args.slot, args.record), unconditional),
    ),
};

const paths: Record<RecordKey, string> = {
  title: 'title',
  department: `${ENTERPRISE}:department`,
  timezone: 'timezone',
  badge: 'badge',
};

/** A change of single attributes. */
export const patch: ModelCommand<Changed & { removed: RecordKey[] }> = {
  name: 'PATCH',
  weight: 8,
  args: fc.record({ seat, slot, record, removed: fc.subarray([...recordKeys], { maxLength: 1 }) }),
  run: (world, args) => {
    const { record, removed } = args;
    const Operations = [
      ...Object.entries(record).map(([name, value]) => ({
        op: 'Replace',
        path: paths[name as RecordKey] ?? name,
        value,
      })),
      ...removed.map((key) => ({ op: 'Remove', path: paths[key] })),
    ];
    const next = (before: ModelLink['record']) => {
      const after = { ...before, ...record };
      for (const key of removed) delete after[key];
      return after;
    };
    if (Operations.length === 0) return Promise.resolve();
    return change(world, args, next, (caller, id) => patchUserBy(caller, id, { Operations }, unconditional));
  },
};

const remove: ModelCommand<{ seat: Seat; slot: number }> = {
  name: 'DELETE',
  weight: 3,
  args: fc.record({ seat, slot }),
  async run(world, { seat, slot }) {
    const { model, directories } = world;
    const { person, number, link, id } = heldBy(world, seat, slot);
    const work = deleteUser(directories[number]!, id, unconditional);
    if (!(await demandRefusal(world, link ? null : 'NOT_FOUND', work))) return;
    person!.version++;
    letGo(model, person!, number);
  },
};

/** A directory lets a person go, who is then another's, or gone. */
export function letGo(model: Model, person: ModelPerson, number: number): void {
  const isOthers = [...person.links.keys()].some((other) => other !== number && model.live[other]);
  if (isOthers) {
    handOver(model, person, number);
    person.links.delete(number);
  } else end(model, person);
}

/** Where the directory had said whether the person is active, the next one says it now. */
export function handOver(model: Model, person: ModelPerson, number: number): void {
  const order = [...person.links.keys()];
  const next = order.find((other) => other !== number && model.live[other])!;
  if (order.indexOf(number) < order.indexOf(next)) person.status = statusUnder(person.links.get(next)!);
}

/** What a directory does. */
export const directoryCommands = [create, put, patch, remove];
