import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { newId, wireId } from '../ids.ts';
import { addressOf } from '../mail/mail-address.ts';
import type { Person } from '../users/person.ts';

/** The kind of outbox rows that are invitations; their payload is the id of one. */
export const INVITATION = 'invitation';

/**
 * Sends a person a new link once the open transaction has come through, and ends those before it. The transaction has
 * written the person as INVITED before. Refused for a person without an address that mail can be sent to; `addressOf`
 * tells that beforehand.
 */
export async function invite(context: Context, person: Person): Promise<void> {
  await sendLink(context, person);
  await context.tx.note(event(context.origin, 'user.invited', 'usr', person.id));
}

/** The same without an event, where what made them INVITED has one. */
export async function sendLink({ tx }: Context, person: Person): Promise<void> {
  const email = addressOf(person);
  if (!email) throw noAddress(person);
  const id = newId();
  await tx.invitations.add({ id, userId: person.id, purpose: 'activate', email });
  await tx.outbox.put({ kind: INVITATION, payload: { invitation: id } });
}

const noAddress = ({ id, userName, values }: Person) =>
  new HubError(
    values.email ? 'INVALID_INPUT' : 'REQUIRED',
    `${userName} has no email that an invitation can be sent to.`,
    { path: ['email'], subject: wireId('usr', id) },
  );
