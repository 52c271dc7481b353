import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { ENTERPRISE } from '../../fields/user.fields.ts';
import { CORE, isUrn, type ResourceType } from '../schema/urns.ts';
import { setOwn } from './own.ts';
import { type Projection, project } from './projection.ts';

/** A stored resource on its way out. `id` is the wire id, dates are ISO 8601 in UTC. */
export type Stored = {
  readonly id: string;
  readonly version: number;
  readonly resource: JsonObject;
  readonly createdAt: string;
  readonly updatedAt: string;
};

/** A person in a group: wire id, and the name to show. */
export type Member = { readonly value: string; readonly display?: string | null };

/** Entity tag of a resource at a version (RFC 7644 §3.14). */
export const etagOf = (version: number): string => `W/"${version}"`;

/** Address of a resource; the base has no slash at its end. */
export const locationOf = (resourceType: ResourceType, id: string, baseUrl: string): string =>
  `${baseUrl}/${resourceType}s/${encodeURIComponent(id)}`;

/** The person as the directory reads them back: what it sent, with what the server adds. Shares values with `resource`. */
export function renderUser(stored: Stored, baseUrl: string, projection: Projection | null = null): JsonObject {
  const rendered = render('User', stored, baseUrl);
  const extension = rendered[ENTERPRISE];
  const manager = isJsonObject(extension) ? extension.manager : undefined;
  if (isJsonObject(extension) && isJsonObject(manager) && typeof manager.value === 'string') {
    const $ref = locationOf('User', manager.value, baseUrl);
    rendered[ENTERPRISE] = { ...extension, manager: { ...manager, $ref } };
  }
  return projection ? project(rendered, projection) : rendered;
}

/** The group as the directory reads it back; without `members` when these were not read. */
export function renderGroup(
  stored: Stored & { readonly members?: readonly Member[] | undefined },
  baseUrl: string,
  projection: Projection | null = null,
): JsonObject {
  const rendered = render('Group', stored, baseUrl);
  if (stored.members) rendered.members = stored.members.map((member) => renderMember(member, baseUrl));
  return projection ? project(rendered, projection) : rendered;
}

const renderMember = ({ value, display }: Member, baseUrl: string): JsonObject => ({
  value,
  $ref: locationOf('User', value, baseUrl),
  ...(display && { display }),
  type: 'User',
});

function render(resourceType: ResourceType, stored: Stored, baseUrl: string): JsonObject {
  const schemas: Json[] = [CORE[resourceType]];
  const rendered: JsonObject = { schemas, id: stored.id };
  for (const name of Object.keys(stored.resource)) {
    if (name === 'schemas' || name === 'id') continue;
    if (isUrn(name)) schemas.push(name);
    setOwn(rendered, name, stored.resource[name]!);
  }
  rendered.meta = {
    resourceType,
    created: stored.createdAt,
    lastModified: stored.updatedAt,
    location: locationOf(resourceType, stored.id, baseUrl),
    version: etagOf(stored.version),
  };
  return rendered;
}
