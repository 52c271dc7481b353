import { NotOffered } from './demand.ts';
import { objectOf, objectsOf, type Resource, stepsOf } from './json.ts';
import type { Line, Reply } from './line.ts';
import { ENTERPRISE, GROUP, USER } from './urns.ts';

/** One attribute as the server publishes it, with the defaults of RFC 7643 §2.2 filled in. */
export interface Attribute {
  name: string;
  type: string;
  multiValued: boolean;
  required: boolean;
  caseExact: boolean;
  mutability: string;
  returned: string;
  uniqueness: string;
  canonicalValues: string[];
  referenceTypes: string[];
  parts: Attribute[];
}

/** A schema of the server; `urn` is its id. */
export interface Schema {
  urn: string;
  attributes: Attribute[];
}

export type Kind = 'User' | 'Group';

/** What the server says of itself. Where it says nothing, `schemas` is empty and everything of the RFC is expected. */
export interface Server {
  /** Its address, without a slash at the end. */
  base: string;
  config: Resource;
  schemas: Schema[];
  resourceTypes: Resource[];
  /** Whether ServiceProviderConfig declares the feature supported. */
  supports(feature: 'patch' | 'bulk' | 'filter' | 'sort' | 'etag' | 'changePassword'): boolean;
  schemasOf(kind: Kind): Schema[];
  /** The attribute at a path without filters; undefined when the published schemas do not have it. */
  attribute(kind: Kind, path: string): Attribute | undefined;
  /** Whether a client may expect the attribute to be kept. */
  has(kind: Kind, path: string): boolean;
}

/** Reads the three discovery endpoints (RFC 7644 §4). */
export async function readServer(line: Line, base: string): Promise<Server> {
  const [config, schemas, types] = await Promise.all(
    ['/ServiceProviderConfig', '/Schemas', '/ResourceTypes'].map((path) => line('GET', path)),
  );
  return describeServer(base, config!.body, resourcesOf(schemas!), resourcesOf(types!));
}

const resourcesOf = ({ body, json }: Reply): Resource[] =>
  objectsOf(Array.isArray(json) ? json : body.Resources).filter(({ id, name }) => id ?? name);

function describeServer(base: string, config: Resource, published: Resource[], resourceTypes: Resource[]): Server {
  const schemas = published.map(({ id, attributes }) => ({
    urn: String(id),
    attributes: objectsOf(attributes).map(attributeOf),
  }));
  const schemasOf = (kind: Kind): Schema[] => {
    const core = kind === 'User' ? USER : GROUP;
    const type = resourceTypes.find(({ schema, name }) => schema === core || name === kind);
    const extensions = objectsOf(type?.schemaExtensions).map(({ schema }) => String(schema));
    if (!type && kind === 'User') extensions.push(ENTERPRISE);
    return [core, ...extensions].flatMap((urn) => schemas.find((one) => sameName(one.urn, urn)) ?? []);
  };
  const attribute = (kind: Kind, path: string): Attribute | undefined => {
    const steps = stepsOf(path);
    const urn = steps[0]!.startsWith('urn:') ? steps.shift()! : null;
    const own = schemasOf(kind);
    const schema = urn === null ? own[0] : own.find((one) => sameName(one.urn, urn));
    let found: Attribute | undefined;
    let among = schema?.attributes ?? [];
    for (const step of steps) {
      found = among.find(({ name }) => sameName(name, step));
      among = found?.parts ?? [];
    }
    return found;
  };
  return {
    base,
    config,
    schemas,
    resourceTypes,
    supports: (feature) => {
      const { supported } = objectOf(config[feature]);
      // Where nothing is declared, what nearly every server offers is expected.
      return supported === undefined ? feature === 'patch' || feature === 'filter' : supported === true;
    },
    schemasOf,
    attribute,
    has: (kind, path) => {
      if (/^(id|externalId|meta\b.*|schemas)$/.test(path) || schemasOf(kind).length === 0) return true;
      const found = attribute(kind, path);
      return found !== undefined && found.mutability === 'readWrite';
    },
  };
}

const sameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

function attributeOf(published: Resource): Attribute {
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  return {
    name: String(published.name),
    type: String(published.type ?? 'string'),
    multiValued: published.multiValued === true,
    required: published.required === true,
    caseExact: published.caseExact === true,
    mutability: String(published.mutability ?? 'readWrite'),
    returned: String(published.returned ?? 'default'),
    uniqueness: String(published.uniqueness ?? 'none'),
    canonicalValues: texts(published.canonicalValues),
    referenceTypes: texts(published.referenceTypes),
    parts: objectsOf(published.subAttributes).map(attributeOf),
  };
}

/** Ends a check that needs attributes which the server's schemas do not publish. */
export function need(server: Server, kind: Kind, ...paths: string[]): void {
  const missing = paths.filter((path) => !server.has(kind, path));
  if (missing.length > 0) throw new NotOffered(`the ${kind} schema of the server has no ${missing.join(', ')}`);
}
