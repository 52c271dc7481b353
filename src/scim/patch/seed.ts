import type { Condition } from '../../domain/condition.ts';
import type { JsonObject } from '../../domain/json.ts';
import { setOwn } from '../resource/own.ts';

/**
 * The element that a filter describes by its `eq` terms, for the path of an element that is not there yet (entra.md B22).
 * Null when the filter says anything else, so that the element made would not be the one asked for.
 */
export function seedOf(where: Condition): JsonObject | null {
  if (where.kind === 'compare' && where.op === 'eq' && where.attribute.steps.length === 1) {
    const seed: JsonObject = {};
    setOwn(seed, where.attribute.steps[0]!.name, where.value);
    return seed;
  }
  if (where.kind !== 'and') return null;
  const all: JsonObject = {};
  for (const term of where.terms) {
    const seed = seedOf(term);
    if (!seed) return null;
    for (const [name, value] of Object.entries(seed)) setOwn(all, name, value);
  }
  return all;
}
