import type { Change } from '../event.ts';
import { type Json, sameJson } from '../json.ts';
import { effective, type Source } from '../ownership.ts';
import { type Policy, ruleOf } from '../policy.ts';

/** Whatever has values, and sources that decide them. */
type Subject = { values: Record<string, Json>; sources: readonly Source[] };

/** Computes values anew from what the sources assert: those of the keys, else every one. Returns what changed. */
export function recompute(subject: Subject, policy: Policy, keys: Iterable<string> = keysOf(subject)): Change[] {
  const changes: Change[] = [];
  for (const key of keys) {
    const from = subject.values[key] ?? null;
    const to = effective(ruleOf(policy, key), key, subject.sources);
    if (sameJson(from, to)) continue;
    subject.values[key] = to;
    changes.push({ key, from, to, source: null });
  }
  return changes;
}

function keysOf({ values, sources }: Subject): Set<string> {
  const keys = new Set(Object.keys(values));
  for (const source of sources) for (const key of Object.keys(source.asserted)) keys.add(key);
  return keys;
}
