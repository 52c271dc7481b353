import { type Call, type Command, type Hub, run } from '../command.ts';
import { HubError, notFound } from '../errors.ts';
import { eventId } from '../events/event-id.ts';
import { undoPerson } from '../history/undo-person.ts';
import { uuidOf } from '../ids.ts';

/** A deletion in the log: its place, and the stored id of the person. */
type Deletion = { userId: string; seq: string; cause: string };

/**
 * Brings a deleted person back under the id they had, with the directories that held them, memberships and roles; a seat
 * is asked for again. Refused with NOT_UNIQUE when somebody else has the userName by now.
 */
export async function restoreUser(hub: Hub, call: Call, id: string): Promise<{ id: string }> {
  const { userId, seq, cause } = await run(hub, call, findDeletion, id);
  await run(hub, call, undoPerson, { id: userId, seqs: [seq], cause, preview: false });
  return { id: userId };
}

const findDeletion: Command<string, Deletion> = {
  name: 'restoreUser',
  needs: 'users:write',
  atomicity: 'statement',
  async perform({ tx }, id) {
    const userId = uuidOf('usr', id);
    const person = userId && (await tx.history.lock(userId, []));
    if (!person) throw notFound('user', id);
    if (person.status !== 'DELETED')
      throw new HubError('NOT_ALLOWED', `${person.userName} is not deleted.`, { path: ['id'], subject: id });
    const deletion = await tx.history.lastDeletion(userId);
    return { userId, seq: deletion.seq, cause: eventId(deletion) };
  },
};
