import fc from 'fast-check';
import { expect } from 'vitest';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { unconditional } from '../../../src/scim/operations/precondition.ts';
import { createUser, deleteUser, patchUserBy, replaceUser } from '../../../src/scim/operations/users.ts';
import type { Stored } from '../../../src/scim/resource/render.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import { type Key, keys, type ModelLink, type ModelPerson, personAt, take } from '../model.ts';
import type { World } from '../world.ts';

const NOBODY = 'usr_00000000000000000000000000';
const directory = fc.constantFrom(0, 1);
const slot = fc.constantFrom(0, 1, 2);
const text = fc.constantFrom('Europe/Rome', 'Europe/Oslo', 'Asia/Tokyo');
const record: fc.Arbitrary<ModelLink['record']> = fc.record(
  { title: text, department: text, timezone: text, active: fc.boolean() },
  { requiredKeys: [] },
);

/** A record that does not say so is of an active person (RFC 7643 §4.1.1 leaves it to the server). */
const activeUnlessSaid = { active: true };

/** The body of a record as Entra sends it. */
export const bodyOf = (directoryIndex: number, slotIndex: number, { department, ...rest }: ModelLink['record']) => ({
  userName: `person${slotIndex}`,
  externalId: `external-${directoryIndex}-${slotIndex}`,
  ...rest,
  ...(department !== undefined && { [ENTERPRISE]: { department } }),
});

/** What that directory must read back: its own last words. */
export const demandReadBack = (stored: Stored, directoryIndex: number, person: ModelPerson): void => {
  const { record } = person.links.get(directoryIndex)!;
  expect([stored.id, stored.version]).toEqual([person.id, person.version]);
  expect(stored.resource).toMatchObject(bodyOf(directoryIndex, person.slot, record));
  for (const key of keys) if (record[key] === undefined) expect(readOf(stored.resource, key)).toBeUndefined();
};

const readOf = (resource: Stored['resource'], key: Key) =>
  key === 'department' ? (resource[ENTERPRISE] as { department?: string } | undefined)?.department : resource[key];

const create: ModelCommand<{ directory: number; slot: number; record: ModelLink['record'] }> = {
  name: 'POST',
  weight: 3,
  args: fc.record({ directory, slot, record }),
  async run(world, { directory, slot, record }) {
    const { model, directories } = world;
    const code = personAt(model, slot) ? 'NOT_UNIQUE' : null;
    const work = createUser(directories[directory]!, bodyOf(directory, slot, record));
    if (!(await demandRefusal(world, code, work))) return;
    const { id } = await work;
    const link: ModelLink = { record: {}, words: {} };
    const links = new Map([[directory, link]]);
    const person: ModelPerson = { id, slot, version: 1, status: 'ACTIVE', links, local: null, device: null };
    take(model, person, link, { ...activeUnlessSaid, ...record });
    model.people.push(person);
    demandReadBack(await work, directory, person);
  },
};

/** The person of a place as that directory may name them, and whether it holds them. */
const heldBy = ({ model }: World, directory: number, slot: number) => {
  const person = personAt(model, slot);
  return { person, link: person?.links.get(directory), id: person?.id ?? NOBODY };
};

type Changed = { directory: number; slot: number; record: ModelLink['record'] };

/** Sends a change of a held person; an unheld one is unknown to that directory, whoever made them. */
async function change(
  world: World,
  { directory, slot }: Changed,
  next: (before: ModelLink['record']) => ModelLink['record'],
  send: (id: string) => Promise<Stored>,
): Promise<void> {
  const { person, link, id } = heldBy(world, directory, slot);
  const work = send(id);
  if (!(await demandRefusal(world, link ? null : 'NOT_FOUND', work))) return;
  if (take(world.model, person!, link!, next(link!.record))) person!.version++;
  demandReadBack(await work, directory, person!);
}

const put: ModelCommand<Changed> = {
  name: 'PUT',
  weight: 2,
  args: fc.record({ directory, slot, record }),
  run: (world, args) =>
    change(
      world,
      args,
      () => ({ ...activeUnlessSaid, ...args.record }),
      (id) =>
        replaceUser(
          world.directories[args.directory]!,
          id,
          bodyOf(args.directory, args.slot, args.record),
          unconditional,
        ),
    ),
};

const paths: Record<Key, string> = { title: 'title', department: `${ENTERPRISE}:department`, timezone: 'timezone' };

const patch: ModelCommand<Changed & { removed: Key[] }> = {
  name: 'PATCH',
  weight: 8,
  args: fc.record({ directory, slot, record, removed: fc.subarray([...keys], { maxLength: 1 }) }),
  run: (world, args) => {
    const { record, removed } = args;
    const Operations = [
      ...Object.entries(record).map(([name, value]) => ({ op: 'Replace', path: paths[name as Key] ?? name, value })),
      ...removed.map((key) => ({ op: 'Remove', path: paths[key] })),
    ];
    const next = (before: ModelLink['record']) => {
      const after = { ...before, ...record };
      for (const key of removed) delete after[key];
      return after;
    };
    if (Operations.length === 0) return Promise.resolve();
    return change(world, args, next, (id) =>
      patchUserBy(world.directories[args.directory]!, id, { Operations }, unconditional),
    );
  },
};

const remove: ModelCommand<{ directory: number; slot: number }> = {
  name: 'DELETE',
  weight: 1,
  args: fc.record({ directory, slot }),
  async run(world, { directory, slot }) {
    const { person, link, id } = heldBy(world, directory, slot);
    const work = deleteUser(world.directories[directory]!, id, unconditional);
    if (!(await demandRefusal(world, link ? null : 'NOT_FOUND', work))) return;
    person!.links.delete(directory);
    person!.version++;
    if (person!.links.size === 0) person!.status = 'DELETED';
  },
};

/** What a directory does. */
export const directoryCommands = [create, put, patch, remove];
