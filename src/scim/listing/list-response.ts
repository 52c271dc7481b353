import type { JsonObject } from '../../domain/json.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** Where the page is: its first index, or the cursors of its neighbours. */
export type Position = { startIndex: number } | { previousCursor?: string; nextCursor?: string };

/** A page as a ListResponse (RFC 7644 §3.4.2, RFC 9865 §2). */
export const listResponse = (totalResults: number, position: Position, resources: JsonObject[]): JsonObject => ({
  schemas: [LIST],
  totalResults,
  ...position,
  itemsPerPage: resources.length,
  Resources: resources,
});

/** A list that is always whole, such as the schemas. */
export const wholeList = (resources: JsonObject[]): JsonObject =>
  listResponse(resources.length, { startIndex: 1 }, resources);
