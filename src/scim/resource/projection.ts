import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidValue, ScimFault } from '../faults.ts';
import { type AttributeRef, resolveAttribute, type SchemaRef } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/urns.ts';
import { getOwn, nameIn, setOwn } from './own.ts';

/** Which attributes of a resource the client wants: only these, or all but these (RFC 7644 §3.9). */
export type Projection = { readonly mode: 'only' | 'except'; readonly refs: readonly (AttributeRef | SchemaRef)[] };

/** A list of names as it comes in a query (comma separated) or in the body of a search. */
type Names = string | readonly string[] | null | undefined;

const MAX_NAMES = 200;

/**
 * Reads `attributes` and `excludedAttributes`; null when neither is given. Names that cannot be are left out, a filter
 * after a name is taken off (entra.md H9). Throws invalidValue for both at once.
 */
export function parseProjection(resourceType: ResourceType, attributes: Names, excluded: Names): Projection | null {
  const only = namesIn(attributes);
  const except = namesIn(excluded);
  if (only.length > 0 && except.length > 0)
    throw invalidValue('excludedAttributes', 'cannot go together with attributes.');
  if (only.length > 0) return { mode: 'only', refs: refsOf(resourceType, only) };
  return except.length > 0 ? { mode: 'except', refs: refsOf(resourceType, except) } : null;
}

/** Whether any part of that core attribute is asked for; so that members need not be read for nothing. */
export function wants(projection: Projection | null, name: string): boolean {
  if (!projection) return true;
  const { mode, refs } = projection;
  const named = refs.filter((ref) =>
    ref.kind === 'schema' ? ref.schema === null : ref.schema === null && ref.name === name,
  );
  return mode === 'only' ? named.length > 0 : !named.some((ref) => ref.kind === 'schema' || ref.sub === null);
}

/** The rendered resource with what is asked for, and always `id` and `schemas`. */
export function project(rendered: JsonObject, { mode, refs }: Projection): JsonObject {
  return mode === 'only' ? pick(rendered, refs) : omit(rendered, refs);
}

function namesIn(names: Names): string[] {
  const texts =
    typeof names === 'string' ? [names] : Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  const given = texts.flatMap((text) => text.split(',')).map((name) => name.trim());
  return given.filter((name) => name !== '').slice(0, MAX_NAMES);
}

function refsOf(resourceType: ResourceType, names: readonly string[]): (AttributeRef | SchemaRef)[] {
  return names.flatMap((name) => {
    const bracket = name.indexOf('[');
    const plain = (bracket < 0 ? name : name.slice(0, bracket)).replaceAll('"', '');
    try {
      return [resolveAttribute(resourceType, plain)];
    } catch (error) {
      if (error instanceof ScimFault) return [];
      throw error;
    }
  });
}

const isFixed = (name: string): boolean => name === 'id' || name === 'schemas';

function pick(rendered: JsonObject, refs: Projection['refs']): JsonObject {
  const picked: JsonObject = {};
  for (const name of ['schemas', 'id']) if (Object.hasOwn(rendered, name)) picked[name] = rendered[name]!;
  for (const ref of refs) {
    if (ref.kind === 'schema') pickSchema(rendered, picked, ref.schema);
    else if (ref.schema === null) pickAttribute(rendered, picked, ref);
    else pickInside(rendered, picked, ref.schema, ref);
  }
  return picked;
}

function pickSchema(rendered: JsonObject, picked: JsonObject, schema: string | null): void {
  for (const [name, value] of Object.entries(rendered)) {
    const inCore = !name.includes(':');
    if (schema === null ? inCore : name.toLowerCase() === schema.toLowerCase()) setOwn(picked, name, value);
  }
}

function pickInside(rendered: JsonObject, picked: JsonObject, schema: string, ref: AttributeRef): void {
  const urn = nameIn(rendered, schema);
  const from = getOwn(rendered, urn);
  if (!isJsonObject(from)) return;
  const there = getOwn(picked, urn);
  // A whole extension that was asked for is shared with the resource, and has the attribute already.
  if (there === from) return;
  const inside = isJsonObject(there) ? there : {};
  pickAttribute(from, inside, ref);
  if (Object.keys(inside).length > 0) setOwn(picked, urn, inside);
}

function pickAttribute(from: JsonObject, picked: JsonObject, ref: AttributeRef): void {
  const name = nameIn(from, ref.name);
  const value = getOwn(from, name);
  if (value === undefined) return;
  const { sub } = ref;
  const part = sub ? mapObjects(value, (object) => only(object, sub.name)) : value;
  if (part === undefined) return;
  const there = getOwn(picked, name);
  if (there !== value) setOwn(picked, name, there === undefined || !sub ? part : joined(there, part));
}

function only(object: JsonObject, name: string): JsonObject {
  const key = nameIn(object, name);
  return Object.hasOwn(object, key) ? { [key]: object[key]! } : {};
}

/** Two picks of the same attribute, put together part by part. */
function joined(there: Json, part: Json): Json {
  if (Array.isArray(there) && Array.isArray(part)) return there.map((one, index) => joined(one, part[index] ?? {}));
  return isJsonObject(there) && isJsonObject(part) ? { ...there, ...part } : there;
}

function omit(rendered: JsonObject, refs: Projection['refs']): JsonObject {
  const kept: JsonObject = { ...rendered };
  for (const ref of refs) {
    if (ref.kind === 'schema') dropSchema(kept, ref.schema);
    else if (ref.schema === null) dropAttribute(kept, ref);
    else {
      const urn = nameIn(kept, ref.schema);
      const inside = getOwn(kept, urn);
      if (!isJsonObject(inside)) continue;
      const copy = { ...inside };
      dropAttribute(copy, ref);
      kept[urn] = copy;
    }
  }
  return kept;
}

function dropSchema(kept: JsonObject, schema: string | null): void {
  if (schema !== null) delete kept[nameIn(kept, schema)];
  else for (const name of Object.keys(kept)) if (!name.includes(':') && !isFixed(name)) delete kept[name];
}

function dropAttribute(kept: JsonObject, ref: AttributeRef): void {
  const name = nameIn(kept, ref.name);
  const value = getOwn(kept, name);
  if (value === undefined || (ref.schema === null && isFixed(name))) return;
  const { sub } = ref;
  const rest = sub
    ? mapObjects(value, (object) => {
        const copy = { ...object };
        delete copy[nameIn(object, sub.name)];
        return copy;
      })
    : undefined;
  if (sub && rest !== undefined) setOwn(kept, name, rest);
  else if (!sub) delete kept[name];
}

function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json | undefined {
  if (Array.isArray(value)) return value.map((one) => (isJsonObject(one) ? change(one) : one));
  return isJsonObject(value) ? change(value) : undefined;
}
