import type { Context } from '../command.ts';
import { isInactive } from '../directories/record.ts';
import { standInName } from '../directories/stand-in-name.ts';
import { HubError } from '../errors.ts';
import type { Change, RecordDifference } from '../event.ts';
import { refit } from '../fields/refill.ts';
import type { JsonObject } from '../json.ts';
import { applyRecord, unfieldedChanges } from '../users/change-provisioned-user.ts';
import { type Person, type PersonSource, saidBy } from '../users/person.ts';
import { recordDifference, withoutDifference } from './record-difference.ts';
import { restoreWords } from './restore-words.ts';
import type { UndoPlan } from './undo-plan.ts';

/**
 * Sets what a directory says of the person back, and the record that it reads with it: so the directory sees the
 * difference, and what it writes then counts again.
 */
export async function restoreRecord(
  context: Context,
  person: Person,
  source: PersonSource,
  plan: UndoPlan,
): Promise<{ changes: Change[]; record: RecordDifference }> {
  const link = source.link!;
  const before = link.resource;
  const resource = plan.records.reduce(recordBefore, before);
  const words = restoreWords(context, person, source, plan.words);
  const others = unfieldedChanges(before, resource, words, context.policy.fields);
  const applied = await applyRecord(context, person, source, { ...namesIn(resource, source), resource });
  const refitted = refit(person, source, context.policy);
  const changes = [...words, ...refitted, ...others, ...applied].map((change) => ({
    ...change,
    source: source.id,
  }));
  return { changes, record: recordDifference(before, resource) };
}

function recordBefore(record: JsonObject, difference: RecordDifference): JsonObject {
  const before = withoutDifference(record, difference);
  if ('record' in before) return before.record;
  const message = `${before.unclear} was changed again in the directory's record and cannot be undone before that.`;
  throw new HubError('VERSION_CONFLICT', message, { path: [before.unclear] });
}

function namesIn({ userName, externalId: oid, ...rest }: JsonObject, source: PersonSource) {
  const externalId = typeof oid === 'string' ? oid : null;
  const standIn = () => standInName(saidBy(source), externalId) ?? source.link!.userName;
  return { userName: typeof userName === 'string' ? userName : standIn(), externalId, active: !isInactive(rest) };
}
