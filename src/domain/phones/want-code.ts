import type { Context } from '../command.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import type { Person } from '../users/person.ts';
import { COUNTED_MS, whenAgain } from './code-limits.ts';
import type { PhoneField } from './phone-field.ts';

/** The kind of outbox item by which a code is made and sent; its payload names the request: the code is made only then. */
export const PHONE_CODE = 'phone.code';

/** Has a code sent, unless there have been too many: then says when one may be sent again. */
export async function wantCode(
  { tx, origin }: Context,
  person: Person,
  field: PhoneField,
  e164: string,
): Promise<string | null> {
  const { at } = origin;
  await tx.phones.lockCounts(e164, person.id);
  const countedSince = new Date(Date.parse(at) - COUNTED_MS).toISOString();
  const asked = { e164, userId: person.id, at };
  const again = whenAgain(await tx.phones.askedSince(countedSince, e164, person.id), asked);
  if (again) return again;
  const code = { ...asked, id: newId(), field };
  await tx.phones.want(code, countedSince, event(origin, 'user.phone.code.requested', 'usr', person.id));
  await tx.outbox.put({ kind: PHONE_CODE, payload: { request: code.id } });
  return null;
}
