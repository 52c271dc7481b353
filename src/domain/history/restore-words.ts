import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { type Change, event, type RecordDifference } from '../event.ts';
import { fittingValue } from '../fields/fitting-value.ts';
import type { Cell } from '../ownership.ts';
import type { Policy } from '../policy.ts';
import { followKind } from '../roles/kind-under.ts';
import { problemOf } from '../users/check-value.ts';
import { forgetUnused, type Person, type PersonSource, setWord, type UserStatus } from '../users/person.ts';
import type { UndoPlan } from './undo-plan.ts';

/** Lets the source say again what it said. An old word keeps its place in time, by which rules choose. */
export function restoreWords(
  { origin, policy }: Context,
  person: Person,
  source: PersonSource,
  words: UndoPlan['words'],
): Change[] {
  const version = person.version + 1;
  const changes: Change[] = [];
  for (const [key, old] of words) {
    const word = old && fitting(policy, source, key, old);
    const write = word?.write || version;
    const change = setWord(person, source, key, word ? { value: word.value, write } : undefined, policy);
    // It names whoever gave it back, where it is no longer known who gave it first.
    if (word) source.writes[write] ??= { at: origin.at, actor: origin.actor, request: origin.requestId };
    if (change) changes.push({ ...change, source: source.id });
  }
  forgetUnused(source);
  return changes;
}

/** The word in the type that the field has now. What a directory says is read from its record afterwards. */
function fitting({ fields }: Policy, source: PersonSource, key: string, word: Cell): Cell {
  const field = fields.custom.find((one) => one.key === key);
  if (!field || word.value === null || source.link) return word;
  const value = fittingValue(field, word.value);
  if (value !== undefined && problemOf(key, field, value) === null) return { ...word, value };
  throw new HubError('NOT_ALLOWED', `${key} has another type now, which what it held does not fit.`, { path: [key] });
}

/** Sets the status, when there is one to set and it is another. */
export function setStatus(person: Person, status: UserStatus | null, at: string): Change[] {
  if (status === null || status === person.status) return [];
  const change = { key: 'status', from: person.status, to: status };
  person.status = status;
  person.statusAt = at;
  return [change];
}

/** Writes the person with the event of what was undone. */
export async function saveUndone(
  context: Context,
  person: Person,
  source: PersonSource | null,
  name: string,
  changes: Change[],
  record?: RecordDifference,
): Promise<void> {
  const { tx, origin, policy } = context;
  person.updatedAt = origin.at;
  changes.push(...(await followKind(context, person)));
  const told = event(origin, name, 'usr', person.id, changes);
  await tx.users.save(person, source, record ? { ...told, record } : told, policy);
}
