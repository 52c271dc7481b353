import type { Change } from '../event.ts';
import type { Json } from '../json.ts';
import type { Source } from '../ownership.ts';
import type { Policy } from '../policy.ts';
import { recompute } from '../users/recompute.ts';

/** A person with more than one source: the values that count of some fields, and what the sources say of them. */
export type Contested = {
  id: string;
  /** The version that was read; a write names it. */
  version: number;
  userName: string;
  values: Record<string, Json>;
  sources: Source[];
};

/** A person with the values that a policy gives them, and what of it is new. */
export type Recomputed = { person: Contested; changes: Change[] };

/** Those of the people whose values are others under that policy; their values are then the new ones. */
export function recomputed(people: Contested[], policy: Policy, keys: readonly string[]): Recomputed[] {
  const changed: Recomputed[] = [];
  for (const person of people) {
    const changes = recompute(person, policy, keys);
    if (changes.length > 0) changed.push({ person, changes });
  }
  return changed;
}
