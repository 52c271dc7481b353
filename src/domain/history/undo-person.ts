import { concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import type { Command, Context } from '../command.ts';
import { HubError, notFound, refuse } from '../errors.ts';
import { wireId } from '../ids.ts';
import { keepingAnOwner } from '../roles/last-owner.ts';
import type { Person } from '../users/person.ts';
import type { UndoableEvent } from './history-store.ts';
import { restoreMemberships } from './restore-memberships.ts';
import { restorePerson } from './restore-person.ts';
import { GOINGS, planUndo } from './undo-plan.ts';
import { Rehearsed, type SubjectUndo, type Undone } from './undone.ts';

/** The most events since the first of those to undo that are looked through. */
const MOST_EVENTS = 10_000;

/**
 * Takes back what happened to one person, all of it or nothing: each source says again what it said before, as a new
 * event. Refused with VERSION_CONFLICT for each value that a later event changed. A preview throws `Rehearsed`.
 */
export const undoPerson: Command<SubjectUndo, Undone> = {
  name: 'undo',
  needs: 'users:write',
  atomicity: 'transaction',
  async perform(given, { id: userId, seqs, cause, preview }) {
    const context = { ...given, origin: { ...given.origin, cause } };
    const events = await eventsSince(context, userId, seqs[0]!);
    const plan = planUndo(events, new Set(seqs));
    const person = await lockPerson(context, userId, events, new Set(seqs));
    const before = standingOf(person);
    const undone: Undone = { kind: 'usr', id: userId, changes: [], problems: [] };
    const memberships = async () => {
      const { changes, problems } = await restoreMemberships(context, userId, plan.memberships);
      undone.changes.push(...changes);
      undone.problems.push(...problems);
    };
    // Who goes leaves their groups first, and who comes back is there before they join them.
    if (plan.link === 'end') await memberships();
    const restore = () => restorePerson(context, person, plan);
    const mayEndAccess = plan.link !== null || plan.status !== null;
    undone.changes.unshift(...(await (mayEndAccess ? keepingAnOwner(context, restore) : restore())));
    if (plan.link !== 'end') await memberships();
    await concludeStanding(context, before, person);
    if (undone.changes.length === 0) refuse(undone.problems);
    if (preview) throw new Rehearsed(undone);
    return undone;
  },
};

async function eventsSince({ tx }: Context, userId: string, seq: string): Promise<UndoableEvent[]> {
  const events = await tx.history.since(userId, seq, MOST_EVENTS + 1);
  if (events.length <= MOST_EVENTS) return events;
  const message = `More than ${MOST_EVENTS} events have happened to ${wireId('usr', userId)} since.`;
  throw new HubError('INVALID_INPUT', message, { path: ['id'] });
}

/** The person with the links that the undone events ended. */
async function lockPerson({ tx }: Context, userId: string, events: readonly UndoableEvent[], undone: Set<string>) {
  const endings = events.filter(({ name, seq }) => undone.has(seq) && GOINGS.has(name));
  const person: Person | null = await tx.history.lock(
    userId,
    endings.map(({ at }) => at),
  );
  if (!person) throw notFound('user', wireId('usr', userId));
  return person;
}
