import type { Attribute } from '../../domain/condition.ts';
import { folded } from '../conditions/compare.ts';
import type { Fragments } from '../conditions/fragment.ts';
import type { SortType } from '../pages.ts';

/** Longer texts are ordered by their beginning: the place of a page holds the value, and goes into an address. */
const LONGEST = 400;

/** The value of an attribute in a JSON record as it is sorted (RFC 7644 §3.4.2.3); null where there is none. */
export function jsonSortValue(record: string, attribute: Attribute, sql: Fragments): { sql: string; type: SortType } {
  const { steps, type, caseExact } = attribute;
  let json = record;
  for (const { name, multiValued } of steps) {
    json = `(${json}->${sql.bind(name, 'text')})`;
    if (multiValued) json = chosen(json, `e${sql.values.length}`);
  }
  const text = `(${json} #>> '{}')`;
  if (type === 'integer' || type === 'decimal') {
    return { sql: `(case jsonb_typeof(${json}) when 'number' then ${text}::numeric end)`, type: 'numeric' };
  }
  const cut = `left(${text}, ${LONGEST})`;
  return { sql: `nullif(${caseExact ? cut : folded(cut)}, '')`, type: 'text' };
}

/** The primary element of a list, else its first. */
const chosen = (list: string, name: string): string =>
  `(select ${name}.item from jsonb_array_elements(case jsonb_typeof(${list}) when 'array' then ${list} else '[]'::jsonb end)
    with ordinality ${name}(item, place)
    order by coalesce(${name}.item->'primary' = 'true'::jsonb, false) desc, ${name}.place limit 1)`;
