import { isInactive } from '../../domain/directories/record.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidSyntax, invalidValue, ScimFault, shown } from '../faults.ts';
import type { Definition } from '../schema/definition.ts';
import {
  type AttributeRef,
  isKnownSchema,
  mayBeSchema,
  resolveAttribute,
  standardTables,
  type Tables,
} from '../schema/resolve.ts';
import type { ResourceType } from '../schema/urns.ts';
import { checkWire } from './check.ts';
import { memberIds } from './members.ts';
import { label, normalise } from './normalise.ts';
import { getOwn, nameIn, setOwn } from './own.ts';
import { requireText } from './require-text.ts';
import { isEmpty } from './scalar.ts';

/**
 * The record in the body of a POST or PUT: canonical names at canonical places, everything else as sent. What only the
 * server writes is dropped, with passwords and empty values. Throws ScimFault naming the attribute.
 */
export function readUser(body: unknown, tables = standardTables): JsonObject {
  const resource = read('User', body, tables);
  if (isRequired('userName', tables)) requireText(resource, 'userName');
  return resource;
}

/** The record of somebody new: who is not said to be inactive is active (entra.md B10), unless it must be said. */
export const newUser = (body: unknown, tables = standardTables): JsonObject => ({
  ...(!isRequired('active', tables) && { active: true }),
  ...readUser(body, tables),
});

/** The record in place of another: one that does not speak of `active` lets nobody in again who was shut out. */
export const replacedUser = (resource: JsonObject, before: JsonObject, tables = standardTables): JsonObject => ({
  ...(!isRequired('active', tables) && { active: !isInactive(before) }),
  ...resource,
});

const isRequired = (name: string, { User }: Tables): boolean =>
  User.core.attributes.get(name.toLowerCase())?.required ?? false;

/** The group in the body of a POST or PUT, its members apart as wire ids without repeats; null when it does not speak of them. */
export function readGroup(body: unknown, tables = standardTables): { resource: JsonObject; members: string[] | null } {
  checkWire(body);
  const resource = read('Group', body, tables);
  const given = isJsonObject(body) ? getOwn(body, nameIn(body, 'members')) : undefined;
  requireText(resource, 'displayName');
  return { resource, members: given === undefined || given === null ? null : memberIds(given) };
}

function read(resourceType: ResourceType, body: unknown, tables: Tables): JsonObject {
  checkWire(body);
  if (!isJsonObject(body)) throw invalidSyntax('The body must be a JSON object.');
  const reading = new Reading(resourceType, tables);
  for (const [name, value] of Object.entries(body)) reading.take(name, value);
  return reading.resource;
}

/** One pass over a body: each value goes to its place in the record, and to no place twice. */
class Reading {
  readonly resource: JsonObject = {};
  readonly #resourceType: ResourceType;
  readonly #tables: Tables;
  readonly #taken = new Set<string>();

  constructor(resourceType: ResourceType, tables: Tables) {
    this.#resourceType = resourceType;
    this.#tables = tables;
  }

  take(name: string, value: Json): void {
    if (isEmpty(value)) return;
    const ref = resolve(this.#resourceType, name, this.#tables);
    if (ref.kind === 'schema') this.#takeSchema(ref.schema, name, value);
    else if (ref.definition) this.#takeKnown(ref, ref.definition, value);
    else this.#takeUnknown(ref, name, value);
  }

  #takeKnown({ schema, name, sub }: AttributeRef, definition: Definition, value: Json): void {
    if (definition.mutability === 'readOnly' || definition.returned === 'never') return;
    // Members are rows of their own and read apart.
    if (this.#resourceType === 'Group' && definition.name === 'members') return;
    const normal = normalise(definition, label(schema, name), sub ? { [sub.name]: value } : value);
    // `name.givenName` and `name.familyName` come one by one from clients that flatten.
    const parts: [string, Json | undefined][] = isJsonObject(normal) ? Object.entries(normal) : [['', normal]];
    for (const [part, held] of parts) this.#put(schema, name, held, part);
  }

  #takeUnknown(ref: AttributeRef, given: string, value: Json): void {
    const { schema, name, sub } = ref;
    if (this.#tables.isClosed) throw unlisted(given);
    if (mayBeSchema(ref, this.#tables) && isJsonObject(value)) this.#takeAsSent(given, value);
    else this.#put(schema, sub ? `${name}.${sub.name}` : name, value);
  }

  #takeSchema(schema: string | null, name: string, value: Json): void {
    if (!isJsonObject(value)) throw invalidValue(name, 'must be an object.');
    if (schema !== null && !isKnownSchema(schema, this.#tables)) {
      if (this.#tables.isClosed) throw unlisted(name);
      this.#takeAsSent(schema, value);
    } else
      for (const [inside, held] of Object.entries(value))
        this.take(schema === null ? inside : `${schema}:${inside}`, held);
  }

  /** The hub knows nothing of the namespace, so what is in it keeps its form. */
  #takeAsSent(schema: string, value: JsonObject): void {
    for (const [inside, held] of Object.entries(value)) if (!isEmpty(held)) this.#put(schema, inside, held);
  }

  #put(schema: string | null, name: string, value: Json | undefined, part = ''): void {
    if (value === undefined) return;
    const place = `${label(schema, name)}\n${part}`.toLowerCase();
    if (this.#taken.has(place)) throw invalidSyntax(`${shown(label(schema, name))} is given twice.`);
    this.#taken.add(place);
    const holder = schema === null ? this.resource : objectIn(this.resource, schema);
    if (part === '') setOwn(holder, name, value);
    else setOwn(objectIn(holder, name), part, value);
  }
}

const unlisted = (name: string) => invalidValue(name, 'is no attribute that this directory may send.');

/** The object there by that name in any case, made if there is none; every one of them was made here. */
function objectIn(holder: JsonObject, given: string): JsonObject {
  const name = nameIn(holder, given);
  const there = getOwn(holder, name);
  if (isJsonObject(there)) return there;
  const made: JsonObject = {};
  setOwn(holder, name, made);
  return made;
}

/** In a body, a name that cannot be resolved is the body's fault and not that of a path. */
function resolve(resourceType: ResourceType, name: string, tables: Tables) {
  try {
    return resolveAttribute(resourceType, name, tables);
  } catch (error) {
    throw error instanceof ScimFault ? invalidSyntax(error.detail) : error;
  }
}
