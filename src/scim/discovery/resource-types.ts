import type { JsonObject } from '../../domain/json.ts';
import { ENTERPRISE } from '../../fields/user.fields.ts';
import { CORE, type ResourceType } from '../schema/urns.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/** The kinds of resource there are (RFC 7643 §6). */
export const resourceTypes = (baseUrl: string): JsonObject[] => [
  { ...describe('User', 'A person.', baseUrl), schemaExtensions: [{ schema: ENTERPRISE, required: false }] },
  describe('Group', 'A group of people.', baseUrl),
];

const describe = (name: ResourceType, description: string, baseUrl: string): JsonObject => ({
  schemas: [SCHEMA],
  id: name,
  name,
  description,
  endpoint: `/${name}s`,
  schema: CORE[name],
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
});
