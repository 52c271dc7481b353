import type { Change } from '../event.ts';
import { sameJson } from '../json.ts';
import { effective } from '../ownership.ts';
import { type Policy, ruleOf } from '../policy.ts';
import type { Person } from './person.ts';

/** Computes every value anew from what the sources assert. Returns the values that changed. */
export function recompute(person: Person, policy: Policy): Change[] {
  const keys = new Set(Object.keys(person.values));
  for (const source of person.sources) for (const key of Object.keys(source.asserted)) keys.add(key);
  const changes: Change[] = [];
  for (const key of keys) {
    const from = person.values[key] ?? null;
    const to = effective(ruleOf(policy, key), key, person.sources);
    if (sameJson(from, to)) continue;
    person.values[key] = to;
    changes.push({ key, from, to, source: null });
  }
  return changes;
}
