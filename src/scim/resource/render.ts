import { crc32 } from 'node:zlib';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { ENTERPRISE } from '../../fields/user.fields.ts';
import { CORE, isUrn, type ResourceType } from '../schema/urns.ts';
import { setOwn } from './own.ts';
import { type Projection, project } from './projection.ts';
import { userNameOf } from './record.ts';

/** A stored resource on its way out. `id` is the wire id, dates are ISO 8601 in UTC. */
export type Stored = {
  readonly id: string;
  readonly version: number;
  readonly resource: JsonObject;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** The groups that a person is in, by id; they are part of the version. */
  readonly groups?: readonly UserGroup[];
};

/** A group that a person is in: wire id and name. */
export type UserGroup = { readonly value: string; readonly display: string };

/** A person in a group: wire id, and the name to show. */
export type Member = { readonly value: string; readonly display?: string | null };

/**
 * Entity tag of a resource at a version (RFC 7644 §3.14). Who joins or leaves a group is not written anew, so the tag of a
 * person covers the groups as they are read.
 */
export function etagOf(version: number, groups: readonly UserGroup[] = []): string {
  if (groups.length === 0) return `W/"${version}"`;
  return `W/"${version}.${crc32(groups.map(({ value, display }) => `${value} ${display}\n`).join(''))}"`;
}

/** Address of a resource; the base has no slash at its end. */
export const locationOf = (resourceType: ResourceType, id: string, baseUrl: string): string =>
  `${baseUrl}/${resourceType}s/${encodeURIComponent(id)}`;

/** The person as the directory reads them back: what it sent, with what the server adds. Shares values with `resource`. */
export function renderUser(stored: Stored, baseUrl: string, projection: Projection | null = null): JsonObject {
  const rendered = render('User', stored, baseUrl);
  const { groups = [] } = stored;
  // RFC 7643 §4.1.1: everybody has one, also in a directory that sends none.
  rendered.userName ??= userNameOf(stored.resource);
  if (groups.length > 0) rendered.groups = groups.map((group) => renderGroupOfUser(group, baseUrl));
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

const renderGroupOfUser = ({ value, display }: UserGroup, baseUrl: string): JsonObject => ({
  value,
  $ref: locationOf('Group', value, baseUrl),
  display,
  type: 'direct',
});

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
    if (name === 'schemas' || name === 'id' || stored.resource[name] === null) continue;
    if (isUrn(name)) schemas.push(name);
    setOwn(rendered, name, stored.resource[name]!);
  }
  rendered.meta = {
    resourceType,
    created: stored.createdAt,
    lastModified: stored.updatedAt,
    location: locationOf(resourceType, stored.id, baseUrl),
    version: etagOf(stored.version, stored.groups),
  };
  return rendered;
}
