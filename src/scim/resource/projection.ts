import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidValue, ScimFault } from '../faults.ts';
import { type AttributeRef, resolveAttribute, type SchemaRef, standardTables, type Tables } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/urns.ts';
import { isUrn } from '../schema/urns.ts';
import { setOwn } from './own.ts';

/** What is named of each attribute, by lower-case name: some of its parts, or null for the whole of it. */
type Parts = Map<string, ReadonlySet<string> | null>;

/** Which attributes of a resource the client wants: only these, or all but these (RFC 7644 §3.9). */
export type Projection = {
  readonly mode: 'only' | 'except';
  /** Attributes of the core; null: all of them. */
  readonly core: Parts | null;
  /** Attributes of each extension, by its URN in lower case; null: all of them. */
  readonly extensions: ReadonlyMap<string, Parts | null>;
};

/** A list of names as it comes in a query (comma separated) or in the body of a search. */
export type Names = string | readonly string[] | null | undefined;

const MAX_NAMES = 200;

/**
 * Reads `attributes` and `excludedAttributes`; null when neither is given. Names that cannot be are left out, a filter
 * after a name is taken off (entra.md H9). Throws invalidValue for both at once.
 */
export function parseProjection(
  resourceType: ResourceType,
  attributes: Names,
  excluded: Names,
  tables = standardTables,
): Projection | null {
  const only = namesIn(attributes);
  const except = namesIn(excluded);
  if (only.length > 0 && except.length > 0)
    throw invalidValue('excludedAttributes', 'cannot go together with attributes.');
  if (only.length > 0) return { mode: 'only', ...partsOf(resourceType, only, tables) };
  return except.length > 0 ? { mode: 'except', ...partsOf(resourceType, except, tables) } : null;
}

/** Whether any part of that core attribute is asked for; so that members need not be read for nothing. */
export function wants(projection: Projection | null, name: string): boolean {
  if (!projection) return true;
  const { mode, core } = projection;
  const named = core ? core.get(name.toLowerCase()) : null;
  return mode === 'only' ? named !== undefined : named !== null;
}

/**
 * The rendered resource with what is asked for, and always `id` and `schemas`. Reads each attribute once, however many
 * names there are.
 */
export function project(rendered: JsonObject, { mode, core, extensions }: Projection): JsonObject {
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(rendered)) {
    const kept = isFixed(name)
      ? value
      : isUrn(name)
        ? keepExtension(value, extensions.get(name.toLowerCase()), mode)
        : keepValue(value, core === null ? null : core.get(name.toLowerCase()), mode);
    if (kept !== undefined) setOwn(shown, name, kept);
  }
  return shown;
}

function namesIn(names: Names): string[] {
  const texts =
    typeof names === 'string' ? [names] : Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  const given = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return given.filter((name) => name !== '').slice(0, MAX_NAMES);
}

function partsOf(
  resourceType: ResourceType,
  names: readonly string[],
  tables: Tables,
): Pick<Projection, 'core' | 'extensions'> {
  let core: Parts | null = new Map();
  const extensions = new Map<string, Parts | null>();
  for (const ref of names.flatMap((name) => resolved(resourceType, name, tables))) {
    const urn = ref.schema?.toLowerCase() ?? null;
    if (ref.kind === 'schema') {
      if (urn === null) core = null;
      else extensions.set(urn, null);
    } else if (urn === null) {
      if (core) add(core, ref);
    } else {
      const parts = extensions.get(urn) ?? new Map();
      if (extensions.get(urn) !== null) extensions.set(urn, add(parts, ref));
    }
  }
  return { core, extensions };
}

function resolved(resourceType: ResourceType, name: string, tables: Tables): (AttributeRef | SchemaRef)[] {
  const bracket = name.indexOf('[');
  const plain = (bracket < 0 ? name : name.slice(0, bracket)).replaceAll('"', '');
  try {
    return [resolveAttribute(resourceType, plain, tables)];
  } catch (error) {
    if (error instanceof ScimFault) return [];
    throw error;
  }
}

function add(parts: Parts, { name, sub }: AttributeRef): Parts {
  const known = parts.get(name.toLowerCase());
  if (!sub) return parts.set(name.toLowerCase(), null);
  return known === null ? parts : parts.set(name.toLowerCase(), new Set([...(known ?? []), sub.name.toLowerCase()]));
}

const isFixed = (name: string): boolean => name === 'id' || name === 'schemas';

function keepExtension(value: Json, parts: Parts | null | undefined, mode: Projection['mode']): Json | undefined {
  if (!parts || !isJsonObject(value)) return keepValue(value, parts === undefined ? undefined : null, mode);
  const kept: JsonObject = {};
  for (const [name, inside] of Object.entries(value)) {
    const part = keepValue(inside, parts.get(name.toLowerCase()), mode);
    if (part !== undefined) setOwn(kept, name, part);
  }
  return Object.keys(kept).length > 0 ? kept : undefined;
}

/** What is kept of a value: `named` are the parts that were named, null for the whole of it, undefined for none. */
function keepValue(
  value: Json,
  named: ReadonlySet<string> | null | undefined,
  mode: Projection['mode'],
): Json | undefined {
  if (named === undefined || named === null) return (named === null) === (mode === 'only') ? value : undefined;
  if (Array.isArray(value)) return value.map((one) => (isJsonObject(one) ? keepParts(one, named, mode) : one));
  if (!isJsonObject(value)) return mode === 'only' ? undefined : value;
  const kept = keepParts(value, named, mode);
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function keepParts(object: JsonObject, named: ReadonlySet<string>, mode: Projection['mode']): JsonObject {
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    if (named.has(name.toLowerCase()) === (mode === 'only')) setOwn(kept, name, value);
  }
  return kept;
}
