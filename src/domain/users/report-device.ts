import type { Field } from '../../fields/field.ts';
import { isUserFieldKey, type UserFieldKey, userFields } from '../../fields/user.fields.ts';
import type { Command } from '../command.ts';
import { HubError, invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import type { Json } from '../json.ts';
import { problemOf } from './check-value.ts';
import { getPerson } from './find-person.ts';
import { deviceSource } from './new-person.ts';
import { assertValues, type Person, withdraw } from './person.ts';
import { relationTo } from './relation.ts';
import { noField } from './update-user.ts';

/** What the device of a person says, by field key; null withdraws what it said. */
export type DeviceReport = { id: string; values: Record<string, Json> };

/**
 * Keeps what a person's device says. It counts only where neither a directory nor a person says anything, so no rule
 * forbids it; it is the person's own device, so only they, or a product, report it. The same again is no change.
 */
export const reportDevice: Command<DeviceReport, Person> = {
  name: 'reportDevice',
  needs: 'users:write',
  onBehalf: true,
  atomicity: 'statement',
  async perform(context, { id, values }) {
    const { tx, actor, origin, policy } = context;
    const person = await getPerson(context, id);
    const relation = await relationTo(person, actor, tx.users.referred);
    if (relation !== 'SELF' && relation !== 'ADMIN') throw notTheirs();
    const keys = Object.keys(values);
    refuse(keys.map((key) => refusalOf(key, values[key]!)).filter((problem) => problem !== null));
    const device = deviceSource(person);
    const given = Object.fromEntries(keys.filter((key) => values[key] !== null).map((key) => [key, values[key]!]));
    const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
    const withdrawn = keys.filter((key) => values[key] === null).map((key) => withdraw(person, device, key, policy));
    const changes = [
      ...assertValues(person, device, given, write, policy),
      ...withdrawn.filter((change) => change !== null),
    ];
    if (changes.length === 0) return person;
    person.updatedAt = origin.at;
    await tx.users.save(person, device, event(origin, 'user.device.reported', 'usr', person.id, changes), policy);
    return { ...person, version: person.version + 1 };
  },
};

const notTheirs = () => new HubError('NOT_ALLOWED', 'Nobody reports the device of somebody else.', { path: ['id'] });

function refusalOf(key: string, value: Json): HubError | null {
  if (!isUserFieldKey(key)) return noField(key);
  return takesDevice(key)
    ? problemOf(key, userFields[key], value)
    : invalid([key], `No device says anything of ${key}.`);
}

const takesDevice = (key: UserFieldKey): boolean => (userFields[key] as Field).fallback === 'DEVICE';
