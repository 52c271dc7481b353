import type { Condition } from '../../domain/condition.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import {
  invalidPath,
  invalidSyntax,
  invalidValue,
  mutability,
  noTarget,
  ScimFault,
  shown,
  shownPath,
  tooMany,
} from '../faults.ts';
import { label } from '../resource/normalise.ts';
import { isEmpty } from '../resource/scalar.ts';
import {
  type AttributeRef,
  isKnownSchema,
  mayBeSchema,
  resolveAttribute,
  type SchemaRef,
  standardTables,
  type Tables,
} from '../schema/resolve.ts';
import type { ResourceType } from '../schema/urns.ts';
import type { Op, Operation } from './operation.ts';
import { parsePath } from './path.ts';

/** One change of one attribute, or the removal of a whole namespace: what every form of operation comes down to. */
export type Write =
  | {
      readonly kind: 'attribute';
      readonly op: Op;
      readonly ref: AttributeRef;
      readonly where: Condition | null;
      readonly value: Json | undefined;
      /** The path as the client wrote it. */
      readonly path: string;
      /** The attribute by its canonical name, for refusals. */
      readonly at: string;
    }
  | { readonly kind: 'dropSchema'; readonly schema: string };

/** What operations are on: the kind of resource, and the attributes there are. */
type Of = { readonly resourceType: ResourceType; readonly tables: Tables };

/** A change of one attribute. */
export type AttributeWrite = Extract<Write, { kind: 'attribute' }>;

/** Each value is compared with those there, and each filter asked of them, so that their number is bounded. */
const MAX_VALUES = 2500;
const MAX_PATHS = 131_072;

/** Takes operations apart into changes of attributes, in order. Throws ScimFault for the first that cannot be. */
export function writesOf(
  resourceType: ResourceType,
  operations: readonly Operation[],
  tables = standardTables,
): Write[] {
  const of = { resourceType, tables };
  const writes: Write[] = [];
  let values = 0;
  let pathLength = 0;
  for (const operation of operations) {
    const { path } = operation;
    demandWhole(operation);
    pathLength += path?.length ?? 0;
    if (pathLength > MAX_PATHS) throw tooMany(`The paths of a PATCH have at most ${MAX_PATHS} characters.`);
    for (const write of path === null ? withoutPath(of, operation) : withPath(of, operation, path)) {
      values += valuesIn(write);
      if (values > MAX_VALUES) throw tooMany(`A PATCH writes at most ${MAX_VALUES} values.`);
      writes.push(write);
    }
  }
  return writes;
}

/** What to write, or what to remove, is never guessed (RFC 7644 §3.5.2.1, §3.5.2.2). */
function demandWhole({ op, path, value }: Operation): void {
  if (op === 'remove' && path === null) throw new ScimFault(400, 'noTarget', 'A remove must have a path.');
  // `members[value eq "x"]` says by itself what is added.
  if (op === 'remove' || (op === 'add' && path?.includes('['))) return;
  if (value !== undefined) return;
  throw path === null
    ? invalidSyntax('An operation without a path must have a value.')
    : invalidValue(path, 'is given no value.');
}

/** Members are not compared here, and have a bound of their own. */
function valuesIn(write: Write): number {
  if (write.kind !== 'attribute' || write.ref.definition?.name === 'members') return 1;
  return Array.isArray(write.value) ? 1 + write.value.length : 1;
}

function withPath(of: Of, { op, value }: Operation, given: string): Write[] {
  const path = given.trim();
  const { ref, where } = parsePath(of.resourceType, path, of.tables);
  if (ref.kind === 'schema') return schemaWrites(of, op, ref, value, path);
  // A namespace that does not look like one is told by what is written to it.
  if (isUnknownSchema(ref, value, of)) return schemaWrites(of, op, { kind: 'schema', schema: path }, value, path);
  if (ref.definition?.mutability === 'readOnly' || ref.sub?.definition?.mutability === 'readOnly')
    throw mutability(path);
  return attributeWrite(of, op, ref, where, value, path);
}

function schemaWrites(of: Of, op: Op, { schema }: SchemaRef, value: Json | undefined, path: string): Write[] {
  if (schema !== null && of.tables.isClosed && !isKnownSchema(schema, of.tables)) throw unlisted(path);
  if (op === 'remove' || (op === 'replace' && isEmpty(value))) {
    if (schema === null) throw noTarget(path);
    return [{ kind: 'dropSchema', schema }];
  }
  if (isEmpty(value)) return [];
  if (!isJsonObject(value)) throw invalidValue(path, 'must be an object.');
  return objectWrites(of, op, value, schema);
}

/** A value without a path is an object of attributes, named in any of the ways a path names them (entra.md B19). */
function withoutPath(of: Of, { op, value }: Operation): Write[] {
  if (value === undefined || value === null) return [];
  if (!isJsonObject(value)) throw invalidSyntax('The value of an operation without a path must be an object.');
  return objectWrites(of, op, value, null);
}

function objectWrites(of: Of, op: Op, values: JsonObject, schema: string | null): Write[] {
  const seen = new Set<string>();
  return Object.entries(values).flatMap(([key, value]) => {
    const name = key.toLowerCase();
    if (seen.has(name)) throw invalidSyntax(`${shown(key)} is given twice.`);
    seen.add(name);
    return keyWrites(of, op, key, value, schema);
  });
}

function keyWrites(of: Of, op: Op, key: string, value: Json, schema: string | null): Write[] {
  // The hub knows nothing of the namespace, so what is in it keeps its form.
  if (schema !== null && !isKnownSchema(schema, of.tables))
    return attributeWrite(of, op, unknown(schema, key), null, value, label(schema, key));
  const path = schema === null ? key : `${schema}:${key}`;
  const { ref, where } = key.includes('[')
    ? parsePath(of.resourceType, path, of.tables)
    : { ref: resolveAttribute(of.resourceType, path, of.tables), where: null };
  if (ref.kind === 'schema') return schemaWrites(of, op, ref, value, path);
  if (isUnknownSchema(ref, value, of)) return schemaWrites(of, op, { kind: 'schema', schema: path }, value, path);
  // Clients send whole objects back, with what only the server writes (entra.md H1).
  if (ref.definition?.mutability === 'readOnly' || ref.sub?.definition?.mutability === 'readOnly') return [];
  return attributeWrite(of, op, ref, where, value, path);
}

function attributeWrite(
  { tables }: Of,
  op: Op,
  ref: AttributeRef,
  where: Condition | null,
  value: Json | undefined,
  path: string,
): Write[] {
  if (ref.definition?.returned === 'never') return [];
  if (tables.isClosed && !ref.definition) throw unlisted(path);
  return [{ kind: 'attribute', op, ref, where, value, path, at: label(ref.schema, ref.name) }];
}

const unlisted = (path: string) => invalidPath(`${shownPath(path)} is no attribute that this directory may send.`);

const unknown = (schema: string, name: string): AttributeRef => ({
  kind: 'attribute',
  schema,
  name,
  definition: null,
  sub: null,
});

const isUnknownSchema = (ref: AttributeRef, value: Json | undefined, { tables }: Of): boolean =>
  mayBeSchema(ref, tables) && isJsonObject(value);
