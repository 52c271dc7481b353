import type { Json, JsonObject } from '../../domain/json.ts';
import { commonAttributes } from './common-attributes.ts';
import type { Definition, Schema } from './definition.ts';
import { standardTables, type Tables } from './resolve.ts';
import { SCHEMA } from './urns.ts';

/**
 * The resources of /Schemas (RFC 7643 §7): exactly what the hub maps for that directory, so that clients discover no more
 * than that.
 */
export const publishedSchemas = (baseUrl: string, { User, Group, hasGroups }: Tables = standardTables): JsonObject[] =>
  [User.core, ...(hasGroups ? [Group.core] : []), ...User.extensions, ...User.own].map((schema) =>
    publish(schema, baseUrl),
  );

const publish = (schema: Schema, baseUrl: string): JsonObject => ({
  schemas: [SCHEMA],
  id: schema.urn,
  name: schema.name,
  description: schema.description,
  attributes: [...schema.attributes.values()].filter(isPublished).map(describe),
  meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.urn}` },
});

// What is never returned makes validators fail, since they expect to read back what they wrote (entra.md F5).
const isPublished = (definition: Definition): boolean =>
  definition.returned !== 'never' && !commonAttributes.includes(definition);

function describe(definition: Definition): JsonObject {
  const { name, type, multiValued, description, required, caseExact, mutability, returned, uniqueness } = definition;
  const described: { [key: string]: Json } = { name, type, multiValued, description, required };
  if (type !== 'complex' && type !== 'boolean') described.caseExact = caseExact;
  if (definition.canonicalValues) described.canonicalValues = [...definition.canonicalValues];
  Object.assign(described, { mutability, returned, uniqueness });
  if (definition.referenceTypes) described.referenceTypes = [...definition.referenceTypes];
  if (definition.subAttributes) described.subAttributes = definition.subAttributes.map(describe);
  return described;
}
