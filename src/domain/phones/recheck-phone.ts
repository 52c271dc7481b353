import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { takesCodes } from './e164.ts';
import { numberOf, type PhoneField, regionOfPerson, textOf } from './phone-field.ts';
import { stands } from './verification.ts';
import { wantCode } from './want-code.ts';

/**
 * Looks at a verified number whose text has changed, whoever changed it: another spelling stays verified; another number
 * is not, and is sent a code by itself (seeds S24), unless there have been too many: then the person asks for one.
 */
export const recheckPhone: Command<{ userId: string; field: PhoneField }, void> = {
  name: 'recheckPhone',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(context, { userId, field }) {
    const { tx, origin } = context;
    const verification = await tx.phones.lockVerification(userId, field);
    if (!verification) return;
    const person = await tx.users.find(userId);
    const text = person && textOf(person, field);
    const defaultRegion = await tx.phones.defaultRegion();
    if (person && text && stands(verification, text, regionOfPerson(person, defaultRegion)))
      return tx.phones.keepVerification(userId, field, text);
    await tx.phones.dropVerification(userId, field, event(origin, 'user.phone.unverified', 'usr', userId));
    const e164 = person && numberOf(person, field, defaultRegion);
    if (person?.status === 'ACTIVE' && e164 && takesCodes(e164)) await wantCode(context, person, field, e164);
  },
};
