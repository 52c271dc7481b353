import type { CustomField } from '../../fields/custom-field.ts';
import type { Change } from '../event.ts';
import { wireId } from '../ids.ts';
import { type Json, sameJson } from '../json.ts';
import { effective } from '../ownership.ts';
import { type Policy, ruleOf } from '../policy.ts';
import { problemOf } from '../users/check-value.ts';
import { forgetUnused, type Person, type PersonSource } from '../users/person.ts';
import { keptValue } from './custom-values.ts';
import { fittingValue } from './fitting-value.ts';

/**
 * Computes one custom field of a person from what was kept: each directory's record at the field's path, and what people
 * wrote, as far as it fits the field's type. Returns the sources it touched and the change; null when all is as it was.
 */
export function refill(
  person: Person,
  field: CustomField,
  policy: Policy,
): { sources: PersonSource[]; change: Change } | null {
  const { key } = field;
  let said: Said | null = null;
  const sources = person.sources.filter((source) => {
    const before = wordOf(source, key);
    if (!refillSource(source, field)) return false;
    said ??= { before: before ?? null, after: wordOf(source, key) ?? null };
    return true;
  });
  const change = settle(person, key, policy, said);
  return change && { sources, change };
}

/**
 * Lets a directory say of the tenant's own fields what its record says, once that was set back: the fields may have been
 * made, mapped or typed anew since. Returns what changed.
 */
export function refit(person: Person, source: PersonSource, policy: Policy): Change[] {
  return policy.fields.custom.flatMap((field) => {
    const before = wordOf(source, field.key) ?? null;
    if (!refillSource(source, field)) return [];
    return settle(person, field.key, policy, { before, after: wordOf(source, field.key) ?? null }) ?? [];
  });
}

type Said = { before: Json; after: Json };

/** The change is a shadow when the value that counts stays; nobody wrote it. */
function settle(person: Person, key: string, policy: Policy, said: Said | null): Change | null {
  const from = person.values[key] ?? null;
  const to = effective(ruleOf(policy, key), key, person.sources);
  person.values[key] = to;
  if (!sameJson(from, to)) return { key, from, to, source: null };
  return said && { key, from: said.before, to: said.after, shadow: true, source: null };
}

const wordOf = (source: PersonSource, key: string): Json | undefined =>
  Object.hasOwn(source.asserted, key) ? source.asserted[key]!.value : undefined;

/** Makes the source say what it should; true when it said something else. */
function refillSource(source: PersonSource, field: CustomField): boolean {
  const { key } = field;
  const before = wordOf(source, key);
  const after = source.link ? directoryWord(source, field, before) : localWord(field, before);
  if (before === undefined ? after === undefined : after !== undefined && sameJson(before, after)) return false;
  if (after === undefined) delete source.asserted[key];
  else source.asserted[key] = { value: after, write: source.asserted[key]?.write ?? lastWrite(source) };
  forgetUnused(source);
  return true;
}

/** What the record says; a directory that has cleared the field goes on saying so while it may write it. */
function directoryWord(source: PersonSource, field: CustomField, before: Json | undefined): Json | undefined {
  const kept = keptValue(source.link!.resource, field);
  if (kept !== undefined) return kept;
  return before === null && field.scim !== undefined ? null : undefined;
}

function localWord(field: CustomField, before: Json | undefined): Json | undefined {
  if (before === undefined || before === null) return before;
  const value = fittingValue(field, before);
  return value !== undefined && problemOf(field.key, field, value) === null ? value : undefined;
}

/** The newest write that is known of the directory, or its first: the value was in the record by then. */
function lastWrite(source: PersonSource): number {
  const versions = Object.keys(source.writes).map(Number);
  if (versions.length > 0) return Math.max(...versions);
  source.writes[0] = { at: source.link!.linkedAt, actor: wireId('dir', source.id), request: null };
  return 0;
}
