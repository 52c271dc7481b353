import { timingSafeEqual } from 'node:crypto';
import type { Command } from '../command.ts';
import { invalid } from '../errors.ts';
import { event } from '../event.ts';
import { getPerson } from '../users/find-person.ts';
import type { Person } from '../users/person.ts';
import { digestOf } from './code.ts';
import { MOST_TRIES } from './code-limits.ts';
import { numberOf, textOf } from './phone-field.ts';
import { demandPhone, type PhoneOfPerson } from './request-phone-code.ts';

/**
 * Takes the code that was sent to a number of a person: the number is then verified. Each try is counted by a statement
 * of its own before the code is compared, so that no refusal takes the count back.
 */
export const verifyPhone: Command<PhoneOfPerson & { code: string }, Person> = {
  name: 'verifyPhone',
  needs: 'users:write',
  onBehalf: true,
  atomicity: 'statement',
  async perform(context, { id, type, code }) {
    const { tx, origin, seal } = context;
    const person = await getPerson(context, id);
    const field = await demandPhone(context, person, type);
    const open = await tx.phones.takeTry(person.id, field, origin.at, MOST_TRIES);
    if (!open) throw invalid(['code'], 'There is no code that may be entered; ask for a new one.');
    if (!timingSafeEqual(digestOf(seal, open.id, code), open.digest)) throw wrong(MOST_TRIES - open.tries);
    const { e164 } = open;
    const text = textOf(person, field);
    if (text === null || numberOf(person, field, await tx.phones.defaultRegion()) !== e164)
      throw invalid(['code'], 'The number has changed since the code was sent; ask for a new one.');
    const verified = event(origin, 'user.phone.verified', 'usr', person.id);
    await tx.phones.confirm({ codeId: open.id, userId: person.id, field, e164, text }, verified);
    return person;
  },
};

const wrong = (left: number) =>
  invalid(['code'], `The code is wrong; ${left === 0 ? 'ask for a new one' : `it may be tried ${left} more times`}.`);
