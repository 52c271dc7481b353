import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { undoPerson } from '../history/undo-person.ts';
import { wireId } from '../ids.ts';

/**
 * Takes back everything by which the directory took the person's access, or put them out of a group, since the window
 * began. What it has given back itself since, or somebody else has changed, stays.
 */
export async function restorePerson(context: Context, directoryId: string, userId: string): Promise<void> {
  const cause = wireId('dir', directoryId);
  const undo = (seqs: string[]) => undoPerson.perform(context, { id: userId, seqs, cause, preview: false });
  const events = await context.tx.brakes.eventsOf(directoryId, userId);
  const own = events.filter(({ membership }) => membership === null).map(({ seq }) => seq);
  // Who was given access back in between is set back to then, and not to before it.
  for (const [index] of own.entries()) if (await isDone(undo(own.slice(index)))) break;
  const last = new Map(events.map(({ membership, seq }) => [membership, seq]));
  last.delete(null);
  for (const seq of last.values()) await isDone(undo([seq]));
}

/** These are found before anything is written. */
const STAYS = new Set(['VERSION_CONFLICT', 'NOT_FOUND', 'NOT_ALLOWED']);

async function isDone(undoing: Promise<unknown>): Promise<boolean> {
  try {
    await undoing;
    return true;
  } catch (error) {
    if (error instanceof HubError && STAYS.has(error.code)) return false;
    throw error;
  }
}
