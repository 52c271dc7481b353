import type { JsonObject } from '../../domain/json.ts';
import type { Schema } from '../schema/definition.ts';
import { standardTables, type Tables } from '../schema/resolve.ts';
import { CORE, type ResourceType } from '../schema/urns.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

/** The kinds of resource there are (RFC 7643 §6). */
export const resourceTypes = (baseUrl: string, { User, hasGroups }: Tables = standardTables): JsonObject[] => [
  { ...describe('User', 'A person.', baseUrl), schemaExtensions: [...User.extensions, ...User.own].map(extension) },
  ...(hasGroups ? [describe('Group', 'A group of people.', baseUrl)] : []),
];

const extension = ({ urn }: Schema): JsonObject => ({ schema: urn, required: false });

const describe = (name: ResourceType, description: string, baseUrl: string): JsonObject => ({
  schemas: [SCHEMA],
  id: name,
  name,
  description,
  endpoint: `/${name}s`,
  schema: CORE[name],
  meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
});
