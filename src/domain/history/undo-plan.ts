import { HubError, refuse } from '../errors.ts';
import type { Change, RecordDifference } from '../event.ts';
import { eventId } from '../events/event-id.ts';
import { uuidOf } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Cell } from '../ownership.ts';
import { DEVICE, LOCAL, type UserStatus } from '../users/person.ts';
import type { UndoableEvent } from './history-store.ts';

/** What a person goes back to, of what was undone. */
export type UndoPlan = {
  /** The source that the events wrote to; null: none of them did. */
  source: string | null;
  /** What the source says again, by field key; null: nothing. `write` 0: as a new word. */
  words: Map<string, Cell | null>;
  status: UserStatus | null;
  userName: string | null;
  /** Changes of the directory's record, the newest first. */
  records: RecordDifference[];
  /** Whether the link to the directory comes back, or goes with the person. */
  link: 'revive' | 'end' | null;
  /** Who joins or leaves what: wire ids of directory groups, and of teams by hand. */
  memberships: Map<string, 'join' | 'leave'>;
};

/**
 * What undoing those among the person's events comes to; `events` are all since the first of them, the oldest first.
 * Refuses, for each value that a later event changed, with VERSION_CONFLICT naming both.
 */
export function planUndo(events: readonly UndoableEvent[], undone: ReadonlySet<string>): UndoPlan {
  const plan: UndoPlan = {
    source: null,
    words: new Map(),
    status: null,
    userName: null,
    records: [],
    link: null,
    memberships: new Map(),
  };
  if (events.filter(({ seq }) => undone.has(seq)).every(leavesNothing)) throw nothingToUndo();
  const later = new Map<string, UndoableEvent>();
  const problems: HubError[] = [];
  for (const event of events.toReversed()) {
    const touched = touchedBy(event);
    if (undone.has(event.seq)) {
      problems.push(...conflicts(event, touched, later));
      addTo(plan, event);
    } else for (const { place } of touched) later.set(place, event);
  }
  refuse(problems);
  return plan;
}

/** Events by which a person came or came back, and by which they went. */
const COMINGS = new Set(['user.created', 'user.restored']);
export const GOINGS: ReadonlySet<string> = new Set(['user.deleted', 'user.unlinked', 'user.deletion.held']);

/** The source whose word the event tells: an actor's own, or their device's, unless it says otherwise. */
export function sourceOf({ name, actor, changes }: Pick<UndoableEvent, 'name' | 'actor' | 'changes'>): string {
  const told = changes.find(({ source }) => typeof source === 'string')?.source;
  return told ?? uuidOf('dir', actor) ?? (name === 'user.device.reported' ? DEVICE : LOCAL);
}

type Touch = { place: string; key: string };

/** The values that an event changed, each with a name of its place. */
function touchedBy(event: UndoableEvent): Touch[] {
  if (event.objectId !== null) {
    const group = groupOf(event);
    return [{ place: `member of ${group ?? event.subjectId}`, key: group ? 'group' : 'team' }];
  }
  const touched = event.changes
    .filter(({ source }) => source !== null)
    .map(({ key }) => ({ place: placeOf(event, key), key }));
  return touched.length > 0 ? [...touched, { place: 'person', key: 'id' }] : [];
}

const placeOf = (event: UndoableEvent, key: string): string =>
  key === 'status' || key === 'userName' ? key : `${sourceOf(event)} ${key}`;

function conflicts(
  event: UndoableEvent,
  touched: readonly Touch[],
  later: ReadonlyMap<string, UndoableEvent>,
): HubError[] {
  const whole = COMINGS.has(event.name);
  return touched.flatMap(({ place, key }) => {
    const other = (place === 'person') === whole ? later.get(place) : undefined;
    return other ? [supersededBy(key, other)] : [];
  });
}

/** The refusal to undo what was changed again since. */
export function supersededBy(key: string, { name, at, xact, seq }: UndoableEvent): HubError {
  const message = `${key} was changed again by ${eventId({ xact, seq })} (${name}, ${at}) and cannot be undone before that.`;
  return new HubError('VERSION_CONFLICT', message, { path: [key] });
}

/** The directory group that a membership came through, as a wire id; null: it was given by hand. */
function groupOf(event: UndoableEvent): string | null {
  const change = event.changes.find(({ key }) => key === 'group');
  return typeof change?.to === 'string' ? change.to : null;
}

function addTo(plan: UndoPlan, event: UndoableEvent): void {
  if (event.objectId !== null) {
    const place = groupOf(event) ?? event.subjectId;
    plan.memberships.set(place, event.name.endsWith('.added') ? 'leave' : 'join');
    return;
  }
  if (COMINGS.has(event.name)) plan.link = 'end';
  else if (GOINGS.has(event.name)) plan.link = 'revive';
  demandKept(event);
  const source = sourceOf(event);
  if (plan.source !== null && plan.source !== source) throw severalSources();
  plan.source = source;
  if (event.record) plan.records.push(event.record);
  for (const change of event.changes) addChange(plan, change);
}

/** A new person said nothing before; what they are is taken back as a whole. */
function addChange(plan: UndoPlan, change: Change): void {
  const { key, from, source, attribute } = change;
  if (source === null || plan.link === 'end') return;
  if (key === 'status') plan.status = from as UserStatus;
  else if (key === 'userName') plan.userName = String(from);
  else if (!attribute) plan.words.set(key, wordBefore(change));
}

function wordBefore({ from, asserted, replaced }: Change): Cell | null {
  const value: Json = asserted === undefined ? from : asserted;
  if (replaced !== undefined) return { value, write: replaced };
  return value === null ? null : { value, write: 0 };
}

function demandKept({ name, actor, record, changes }: UndoableEvent): void {
  if (changes.length > 0 && changes.every(({ source }) => source === null)) throw computed();
  if (record !== null || COMINGS.has(name) || GOINGS.has(name) || uuidOf('dir', actor) === null) return;
  const message = `The hub did not keep what undoing this ${name} takes.`;
  throw new HubError('NOT_ALLOWED', message, { path: ['id'] });
}

const computed = () =>
  new HubError('NOT_ALLOWED', 'Rules or fields changed this and nobody wrote it; change those instead.', {
    path: ['id'],
  });

/** True of what only tells of something, such as a mail, or of rows beside the person, such as a role that was granted. */
const leavesNothing = ({ name, objectId, record, changes }: UndoableEvent): boolean =>
  objectId === null &&
  record === null &&
  !COMINGS.has(name) &&
  !GOINGS.has(name) &&
  changes.every(({ attribute }) => attribute);

const nothingToUndo = () =>
  new HubError(
    'NOT_ALLOWED',
    'This changed nothing of what can be undone; there may be a command that takes it back.',
    {
      path: ['id'],
    },
  );

const severalSources = () =>
  new HubError('NOT_ALLOWED', 'These events wrote to several sources; undo them one by one.', {
    path: ['id'],
  });
