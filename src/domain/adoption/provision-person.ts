import { type Call, type Command, type Hub, run } from '../command.ts';
import type { UserRecord } from '../directories/record.ts';
import { HubError } from '../errors.ts';
import { event } from '../event.ts';
import { newId, wireId } from '../ids.ts';
import { raiseNotice } from '../notices/raise-notice.ts';
import { seatNotice } from '../seats/take-seat.ts';
import type { Person } from '../users/person.ts';
import { type NewRecord, provisionUser } from '../users/provision-user.ts';
import type { AdoptionReason } from './adoption-store.ts';

/** As `provisionUser`; a refusal that an admin can settle is noted for them. */
export async function provisionPerson(hub: Hub, call: Call, input: NewRecord): Promise<Person> {
  try {
    return await run(hub, call, provisionUser, input);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    if (error.code === 'SEAT_LIMIT') await run(hub, call, tellOfSeats, undefined);
    if (error.code !== 'NOT_UNIQUE') throw error;
    const { asks, path } = error.details;
    const reason = asks?.reason ?? (path?.[0] === 'userName' ? 'USER_NAME' : null);
    // Without an externalId there is nothing by which the directory could be told whom it means.
    if (reason && input.record.externalId) await run(hub, call, askAdoption, { record: input.record, reason });
    throw error;
  }
}

/** A refusal takes back what its command wrote, so that this is one of its own. */
const tellOfSeats: Command<void, void> = {
  name: 'tellOfSeats',
  needs: 'provision',
  atomicity: 'transaction',
  perform: (context) => raiseNotice(context, seatNotice),
};

type Ask = { record: UserRecord; reason: AdoptionReason };

const askAdoption: Command<Ask, void> = {
  name: 'askAdoption',
  needs: 'provision',
  atomicity: 'statement',
  async perform({ tx, actor, origin }, { record, reason }) {
    const { userName, externalId, values } = record;
    const email = typeof values.email === 'string' ? values.email : null;
    const held = reason === 'EMAIL' ? await tx.users.findByEmail(email!) : await tx.users.findByUserName(userName);
    const person = held[0];
    if (!person || person.sources.some((source) => source.id === actor.directoryId && source.live)) return;
    const id = newId();
    // What of the record tells of a person stands in the request, which goes when they are erased; the event stays.
    const changes = [
      { key: 'user', from: null, to: wireId('usr', person.id) },
      { key: 'request', from: null, to: wireId('adr', id) },
      { key: 'reason', from: null, to: reason },
    ];
    const asked = event(origin, 'directory.adoption.asked', 'dir', actor.directoryId!, changes);
    const { at } = origin;
    const request = { id, directoryId: actor.directoryId!, externalId: externalId!, userName, email };
    const open = { userId: person.id, reason, askedAt: at, decision: null, decidedAt: null };
    await tx.adoptions.ask({ ...request, ...open }, asked);
  },
};
