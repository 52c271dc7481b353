import fc from 'fast-check';
import { run } from '../../../src/domain/command.ts';
import { wireId } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { createUser } from '../../../src/domain/users/create-user.ts';
import { releaseUserFields } from '../../../src/domain/users/release-user-fields.ts';
import { reportDevice } from '../../../src/domain/users/report-device.ts';
import { activateUser, deactivateUser, deleteUser } from '../../../src/domain/users/set-user-status.ts';
import { updateUser } from '../../../src/domain/users/update-user.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import {
  countingValue,
  end,
  governor,
  type Key,
  keys,
  keysIn,
  type Model,
  type ModelPerson,
  newPerson,
  ownerOf,
  personAt,
  slots,
  type Words,
} from '../model.ts';

const NOBODY = 'usr_00000000000000000000000000';
const slot = fc.constantFrom(...slots);
const text = fc.constantFrom<Json>('Europe/Rome', 'Europe/Oslo', 'Asia/Tokyo', null);
const values: fc.Arbitrary<Partial<Record<Key, Json>>> = fc.record(
  { title: text, department: text, timezone: text, badge: text, pronouns: text },
  { requiredKeys: [] },
);
/** Those of the values whose fields there are. */
const among = (model: Model, values: Partial<Record<Key, Json>>) =>
  Object.entries(values).filter(([key]) => keysIn(model).includes(key as Key)) as [Key, Json][];

const createByHand: ModelCommand<{ slot: number; values: Partial<Record<Key, Json>> }> = {
  name: 'createUser',
  weight: 1,
  args: fc.record({ slot, values }),
  async run(world, { slot, values }) {
    const { hub, model, admin } = world;
    const given = among(model, values);
    const work = run(hub, admin, createUser, { userName: `person${slot}`, values: Object.fromEntries(given) });
    if (!(await demandRefusal(world, personAt(model, slot) ? 'NOT_UNIQUE' : null, work))) return;
    const local: Words = {};
    for (const [key, value] of given) if (value !== null) local[key] = { value, at: ++model.now };
    const id = wireId('usr', (await work).id);
    model.people.push({ ...newPerson(id, slot), local });
  },
};

/** Why nothing may be edited of that person, if so. */
const lockOf = (model: Model, person: ModelPerson | undefined): string | null => {
  if (!person) return 'NOT_FOUND';
  return person.status === 'DEACTIVATED' && governor(model, person) !== undefined ? 'USER_LOCKED' : null;
};

/** What people, and admins for them, write. */
export const edit: ModelCommand<{ slot: number; values: Partial<Record<Key, Json>>; by: 'ADMIN' | 'SELF' }> = {
  name: 'updateUser',
  weight: 8,
  args: fc.record({ slot, values, by: fc.constantFrom('ADMIN' as const, 'SELF' as const) }),
  async run(world, { slot, values, by }) {
    const { hub, model } = world;
    const person = personAt(model, slot);
    const id = person?.id ?? NOBODY;
    const call = by === 'SELF' ? world.as(id) : world.admin;
    const given = among(model, values);
    const work = run(hub, call, updateUser, { id, values: Object.fromEntries(given) });
    const edited = given.map(([key]) => key);
    const code = lockOf(model, person) ?? refusalToEdit(model, person!, by, edited);
    if (!(await demandRefusal(world, code, work))) return;
    const news = given.filter(
      ([key, value]) => !(person!.local?.[key]?.value === value && countingValue(model, person!, key) === value),
    );
    if (news.length === 0) return;
    for (const [key, value] of news) {
      person!.local ??= {};
      person!.local[key] = { value, at: ++model.now };
    }
    person!.version++;
  },
};

/** The first refusal, in the order of the fields: a field that a directory feeds is locked, else the editors decide. */
function refusalToEdit(model: Model, person: ModelPerson, by: 'ADMIN' | 'SELF', edited: Key[]): string | null {
  for (const key of edited) {
    if (ownerOf(model, person, key) !== undefined) return 'FIELD_LOCKED';
    if (!model.rules[key].editableBy.includes(by)) return 'NOT_ALLOWED';
  }
  return null;
}

const release: ModelCommand<{ slot: number; released: Key[] }> = {
  name: 'releaseUserFields',
  weight: 3,
  args: fc.record({ slot, released: fc.subarray([...keys], { minLength: 1 }) }),
  async run(world, { slot, released: wanted }) {
    const released = wanted.filter((key) => keysIn(world.model).includes(key));
    const person = personAt(world.model, slot);
    const work = run(world.hub, world.admin, releaseUserFields, { id: person?.id ?? NOBODY, keys: released });
    if (!(await demandRefusal(world, person ? null : 'NOT_FOUND', work))) return;
    const held = released.filter((key) => person!.local?.[key]);
    for (const key of held) delete person!.local![key];
    if (held.length > 0) person!.version++;
  },
};

const report: ModelCommand<{ slot: number; timezone: Json }> = {
  name: 'reportDevice',
  weight: 2,
  args: fc.record({ slot, timezone: text }),
  async run(world, { slot, timezone }) {
    const { hub, model, admin } = world;
    const person = personAt(model, slot);
    const work = run(hub, admin, reportDevice, { id: person?.id ?? NOBODY, values: { timezone } });
    if (!(await demandRefusal(world, person ? null : 'NOT_FOUND', work))) return;
    if ((person!.device?.value ?? null) === timezone) return;
    person!.device = timezone === null ? null : { value: timezone, at: ++model.now };
    person!.version++;
  },
};

const setStatus: ModelCommand<{ slot: number; to: 'ACTIVE' | 'DEACTIVATED' | 'DELETED' }> = {
  name: 'setStatus',
  weight: 2,
  args: fc.record({ slot, to: fc.constantFrom('ACTIVE' as const, 'DEACTIVATED' as const, 'DELETED' as const) }),
  async run(world, { slot, to }) {
    const { hub, model, admin } = world;
    const person = personAt(model, slot);
    const command = { ACTIVE: activateUser, DEACTIVATED: deactivateUser, DELETED: deleteUser }[to];
    const isGoverned = person !== undefined && governor(model, person) !== undefined;
    const isLocked = isGoverned && !(to === 'DELETED' && person.status === 'DEACTIVATED');
    const code = person ? (isLocked ? 'USER_LOCKED' : null) : 'NOT_FOUND';
    const work = run(hub, admin, command, { id: person?.id ?? NOBODY });
    if (!(await demandRefusal(world, code, work)) || person!.status === to) return;
    person!.version++;
    if (to === 'DELETED') end(model, person!);
    else person!.status = to;
  },
};

/** What people and products do. */
export const peopleCommands = [createByHand, edit, release, report, setStatus];
