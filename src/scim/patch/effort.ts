import type { Condition } from '../../domain/condition.ts';
import { isJsonObject, type JsonObject } from '../../domain/json.ts';
import { tooMany } from '../faults.ts';
import { getOwn, nameIn } from '../resource/own.ts';
import type { AttributeRef } from '../schema/resolve.ts';
import type { Write } from './write.ts';

/** How often the filters of one PATCH are asked, however many operations, terms and elements there are. */
const MAX_ASKED = 20_000;
const MAX_OF_MEMBERS = 20;

/** How many comparisons a filter makes of one element. */
function termsIn(where: Condition): number {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.terms.reduce((all, term) => all + termsIn(term), 0);
    case 'not':
      return termsIn(where.term);
    case 'element':
      return termsIn(where.where);
    default:
      return 1;
  }
}

/** Counts what the filters of one PATCH are asked of. Throws tooMany (413) when it would take long. */
export function effort(): (resource: JsonObject, write: Write) => void {
  let asked = 0;
  return (resource, write) => {
    if (write.kind === 'dropSchema' || !write.where) return;
    asked += termsIn(write.where) * elementsOf(resource, write.ref);
    if (asked > MAX_ASKED) throw tooMany('The filters of a PATCH ask too much of too many values.');
  };
}

function elementsOf(resource: JsonObject, { schema, name }: AttributeRef): number {
  const holder = schema === null ? resource : getOwn(resource, nameIn(resource, schema));
  const held = isJsonObject(holder) ? getOwn(holder, nameIn(holder, name)) : undefined;
  return Array.isArray(held) ? held.length : 1;
}

/** Throws tooMany (413) when filters on members, of which a group may have very many, ask more than a few things. */
export function demandFewTerms(filters: readonly Condition[]): void {
  if (filters.reduce((all, where) => all + termsIn(where), 0) > MAX_OF_MEMBERS)
    throw tooMany(`Filters on members make at most ${MAX_OF_MEMBERS} comparisons in one PATCH.`);
}
