import { invalidPath, shown } from '../faults.ts';
import { type Definition, type Schema, subAttribute } from './definition.ts';
import { groupSchema } from './group-schema.ts';
import type { ResourceType } from './urns.ts';
import { isUrn } from './urns.ts';
import { enterpriseSchema, userSchema } from './user-schema.ts';

/** An attribute that a client named, at its canonical place; without `definition` it is unknown and kept as sent. */
export type AttributeRef = {
  readonly kind: 'attribute';
  /** Namespace of the extension that holds it; null in the core. */
  readonly schema: string | null;
  readonly name: string;
  readonly definition: Definition | null;
  readonly sub: { readonly name: string; readonly definition: Definition | null } | null;
};

/** A whole namespace that a client named; null is the core. */
export type SchemaRef = { readonly kind: 'schema'; readonly schema: string | null };

/** The attributes of one kind of resource; those of `own` namespaces are the tenant's, the longest namespace first. */
type Table = {
  readonly core: Schema;
  readonly extensions: readonly Schema[];
  readonly own: readonly Schema[];
  /** Paths of the attributes that filters may ask for, in lower case; null: all. */
  readonly filterable: ReadonlySet<string> | null;
};

/** The closed attribute tables of one directory, by kind of resource. */
export type Tables = Readonly<Record<ResourceType, Table>> & {
  /** False where the directory is told that there are no groups. */
  readonly hasGroups: boolean;
  /** True where an attribute that is not in the tables is refused, not kept as sent. */
  readonly isClosed: boolean;
};

/** The tables of a directory that may do everything, of a tenant that has mapped no field of its own. */
export const standardTables: Tables = {
  User: { core: userSchema, extensions: [enterpriseSchema], own: [], filterable: null },
  Group: { core: groupSchema, extensions: [], own: [], filterable: null },
  hasGroups: true,
  isClosed: false,
};

const standard = new Set([userSchema, enterpriseSchema, groupSchema].map(({ urn }) => urn));

/** True for the namespace, canonically spelt, of attributes that the hub knows. */
export const isKnownSchema = (urn: string, { User }: Tables): boolean =>
  standard.has(urn) || User.own.some((schema) => schema.urn === urn);

/**
 * True for a URN that may be a namespace though it does not look like one; what is written to it tells. False for an
 * attribute in a namespace that does.
 */
export const mayBeSchema = (ref: AttributeRef, tables: Tables): boolean =>
  ref.schema !== null &&
  ref.definition === null &&
  ref.sub === null &&
  !isKnownSchema(ref.schema, tables) &&
  !endsInType(ref.schema);

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** True for the names through which JavaScript objects reach their prototypes; no attribute may have one. */
export const isForbiddenName = (name: string): boolean => FORBIDDEN.has(name.toLowerCase());

/**
 * Finds the attribute that a client means by a name, dotted path or URN, in any case. Bare enterprise names mean the
 * extension (entra.md B23). Throws invalidPath for a forbidden name or a part of what has no parts.
 */
export function resolveAttribute(
  resourceType: ResourceType,
  path: string,
  tables = standardTables,
): AttributeRef | SchemaRef {
  const { core, extensions, own } = tables[resourceType];
  if (!isUrn(path)) {
    const found = lookUp(core, null, path);
    if (found.definition) return found;
    for (const extension of extensions) {
      const inside = lookUp(extension, extension.urn, path);
      if (inside.definition) return inside;
    }
    return found;
  }
  for (const schema of [core, ...extensions, ...own]) {
    if (path.length < schema.urn.length) continue;
    if (path.slice(0, schema.urn.length).toLowerCase() !== schema.urn.toLowerCase()) continue;
    // What goes on as a namespace is another one.
    if (own.includes(schema) && path.includes(':', schema.urn.length + 1)) continue;
    const urn = schema === core ? null : schema.urn;
    if (path.length === schema.urn.length) return { kind: 'schema', schema: urn };
    // Old jobs put a dot before the attributes of an extension (entra.md A11).
    const separator = path[schema.urn.length];
    if (separator === ':' || separator === '.') return lookUp(schema, urn, path.slice(schema.urn.length + 1));
  }
  return unknownUrn(path);
}

/** Splits at the last colon, unless what follows it is the resource type of a versioned namespace (`…:2.0:User`). */
function unknownUrn(path: string): AttributeRef | SchemaRef {
  for (const part of path.split(':')) refuseForbidden(part);
  const colon = path.lastIndexOf(':');
  if (endsInType(path)) return { kind: 'schema', schema: path };
  return { ...parts(path.slice(colon + 1)), schema: path.slice(0, colon), definition: null };
}

function endsInType(urn: string): boolean {
  const colon = urn.lastIndexOf(':');
  const version = urn.slice(urn.lastIndexOf(':', colon - 1) + 1, colon);
  return version.split('.').every((part) => part !== '' && Number.isInteger(Number(part)));
}

function lookUp(schema: Schema, urn: string | null, path: string): AttributeRef {
  const { name, sub } = parts(path);
  const definition = schema.attributes.get(name.toLowerCase()) ?? null;
  if (!definition) return { kind: 'attribute', schema: urn, name, definition: null, sub };
  if (!sub) return { kind: 'attribute', schema: urn, name: definition.name, definition, sub: null };
  if (!definition.subAttributes && definition.mutability !== 'readOnly') {
    throw invalidPath(`${definition.name} has no sub-attributes.`);
  }
  return { kind: 'attribute', schema: urn, name: definition.name, definition, sub: resolveSub(definition, sub.name) };
}

/** Finds the sub-attribute that a client means, in any case; an unknown one is kept as sent. */
export function resolveSub(
  definition: Definition | null,
  name: string,
): { name: string; definition: Definition | null } {
  refuseForbidden(name);
  const found = definition && subAttribute(definition, name);
  return { name: found?.name ?? name, definition: found ?? null };
}

function parts(path: string): Omit<AttributeRef, 'schema'> {
  for (const part of path.split('.')) refuseForbidden(part);
  const dot = path.indexOf('.');
  const name = dot < 0 ? path : path.slice(0, dot);
  const sub = dot < 0 ? null : path.slice(dot + 1);
  if (name === '' || sub === '') throw invalidPath(`${shown(path)} is not the name of an attribute.`);
  return { kind: 'attribute', name, definition: null, sub: sub === null ? null : { name: sub, definition: null } };
}

function refuseForbidden(name: string): void {
  if (isForbiddenName(name)) throw invalidPath(`${shown(name)} is not the name of an attribute.`);
}
