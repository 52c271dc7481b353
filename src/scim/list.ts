import type { RecordPage, RecordQuery } from '../domain/directories/record-reader.ts';
import type { JsonObject } from '../domain/json.ts';
import { type Exchange, parameter } from './exchange.ts';
import { invalidValue } from './faults.ts';
import { parseFilter } from './filter/parse.ts';
import type { ResourceType } from './schema/urns.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The page size when the client names none, and the largest one (published in ServiceProviderConfig). */
export const DEFAULT_COUNT = 100;
export const LARGEST_COUNT = 200;

/** The slice a client asks for by `filter`, `startIndex` and `count` (RFC 7644 §3.4.2). */
export function listQuery(exchange: Exchange, resourceType: ResourceType): RecordQuery {
  const filter = parameter(exchange, 'filter');
  const startIndex = Math.max(1, integer(exchange, 'startIndex') ?? 1);
  const count = Math.max(0, integer(exchange, 'count') ?? DEFAULT_COUNT);
  return {
    where: filter === undefined ? null : parseFilter(resourceType, filter),
    offset: startIndex - 1,
    limit: Math.min(count, LARGEST_COUNT),
  };
}

/** Beyond every list; PostgreSQL can count that far. */
const FURTHEST = Number.MAX_SAFE_INTEGER;

function integer(exchange: Exchange, name: string): number | undefined {
  const text = parameter(exchange, name.toLowerCase());
  if (text === undefined || text === '') return undefined;
  if (!/^-?[0-9]+$/.test(text.trim())) throw invalidValue(name, 'must be a whole number.');
  return Math.max(-FURTHEST, Math.min(Number(text), FURTHEST));
}

/** A page as a ListResponse (RFC 7644 §3.4.2). */
export const listResponse = ({ total }: RecordPage, { offset }: RecordQuery, resources: JsonObject[]): JsonObject => ({
  schemas: [LIST],
  totalResults: total,
  startIndex: offset + 1,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** A list that is always whole, such as the schemas. */
export const wholeList = (resources: JsonObject[]): JsonObject =>
  listResponse({ total: resources.length, rows: [] }, { where: null, offset: 0, limit: 0 }, resources);
