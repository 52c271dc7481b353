import type { Attribute } from '../../domain/condition.ts';
import type { RecordKind, RecordSort } from '../../domain/directories/record-reader.ts';
import { invalidValue, ScimFault, shown } from '../faults.ts';
import { resourceScope } from '../filter/scope.ts';
import { subAttribute } from '../schema/definition.ts';
import { standardTables, type Tables } from '../schema/resolve.ts';
import type { SearchRequest } from './search-request.ts';

/** Attributes whose order is that of others: of an address the id decides, of all namespaces the first is the same. */
const orderedAs = new Map([
  ['meta.location', 'id'],
  ['schemas', 'meta.resourceType'],
]);

/**
 * The order that is asked for (RFC 7644 §3.4.2.3); null for the order of ids. An attribute that none of the kinds has is
 * refused rather than passed over: a client that pages in an order it did not get would not notice.
 */
export function sortOf(
  kinds: readonly RecordKind[],
  { sortBy = '', sortOrder = '' }: SearchRequest,
  tables = standardTables,
): RecordSort | null {
  const order = sortOrder.trim().toLowerCase();
  if (order !== '' && order !== 'ascending' && order !== 'descending')
    throw invalidValue('sortOrder', 'is ascending or descending.');
  const name = sortBy.trim();
  if (name === '') return null;
  const by: RecordSort['by'] = { User: null, Group: null };
  for (const kind of kinds) by[kind] = attributeOf(kind, name, tables);
  if (kinds.every((kind) => by[kind] === null))
    throw invalidValue('sortBy', `names no attribute to sort by: ${shown(name)}.`);
  return { by, descending: order === 'descending' };
}

/** The attribute with that name or path; of one with parts, its value. Null where the kind has none, or none with an order. */
function attributeOf(kind: RecordKind, name: string, tables: Tables): Attribute | null {
  try {
    const scope = resourceScope(kind, tables);
    const path = orderedAs.get(name.toLowerCase()) ?? name;
    const { attribute, definition } = scope(path);
    if (!definition) return null;
    if (definition.type !== 'complex') return attribute;
    return subAttribute(definition, 'value') ? scope(`${path}.value`).attribute : null;
  } catch (error) {
    if (error instanceof ScimFault) return null;
    throw error;
  }
}
