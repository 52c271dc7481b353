import type { Command, Context } from '../command.ts';
import { HubError, invalid } from '../errors.ts';
import { getPerson } from '../users/find-person.ts';
import type { Person } from '../users/person.ts';
import { relationTo } from '../users/relation.ts';
import { takesCodes } from './e164.ts';
import { fieldOfType, numberOf, type PhoneField, regionOfPerson, textOf } from './phone-field.ts';
import { stands } from './verification.ts';
import { wantCode } from './want-code.ts';

/** Whose number, and what it is for: `mobile` or `work`. */
export type PhoneOfPerson = { id: string; type: string };

/** Sends a code to a number of a person, so that they can show that it reaches them. */
export const requestPhoneCode: Command<PhoneOfPerson, Person> = {
  name: 'requestPhoneCode',
  needs: 'users:write',
  onBehalf: true,
  atomicity: 'transaction',
  async perform(context, { id, type }) {
    const person = await getPerson(context, id);
    const field = await demandPhone(context, person, type);
    const e164 = await demandUnverified(context, person, field);
    const again = await wantCode(context, person, field, e164);
    if (again) throw new HubError('NOT_ALLOWED', `The next code may be asked for at ${again}.`, { path: ['user'] });
    return person;
  },
};

/** The field of that type, for those who may verify it: the person, products and admins. */
export async function demandPhone({ actor, tx }: Context, person: Person, type: string): Promise<PhoneField> {
  const relation = await relationTo(person, actor, tx.users.referred);
  if (relation !== 'SELF' && relation !== 'ADMIN')
    throw new HubError('NOT_ALLOWED', 'Nobody verifies the phone of somebody else.', { path: ['user'] });
  const field = fieldOfType(type);
  if (!field) throw invalid(['type'], 'type must be mobile or work.');
  return field;
}

async function demandUnverified({ tx }: Context, person: Person, field: PhoneField): Promise<string> {
  const text = textOf(person, field);
  if (text === null) throw invalid(['type'], `${person.userName} has no such phone number.`);
  const defaultRegion = await tx.phones.defaultRegion();
  const e164 = numberOf(person, field, defaultRegion);
  if (!e164) throw invalid(['type'], 'No code can be sent to this number: give it with its country code.');
  if (!takesCodes(e164)) throw invalid(['type'], 'No code is sent to numbers at a premium rate.');
  const verification = await tx.phones.lockVerification(person.id, field);
  if (verification && stands(verification, text, regionOfPerson(person, defaultRegion)))
    throw invalid(['type'], 'This number is verified already.');
  return e164;
}
