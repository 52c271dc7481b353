import type { Resource } from './json.ts';
import type { Attribute, Kind, Server } from './server.ts';

/** What values are made from: unique texts, and ids of a user and a group that exist. */
export interface Stock {
  name(label?: string): string;
  userId?: string;
  groupId?: string;
}

/** Values by name, where a server may well look at the form of what it is given. */
const FORMED: Record<string, [string, string]> = {
  locale: ['en-US', 'de-DE'],
  timezone: ['Europe/Berlin', 'America/New_York'],
  preferredLanguage: ['en', 'de'],
  country: ['DE', 'US'],
};

/** Whether a client may write the attribute and see it again. */
export const isWritable = ({ mutability, returned, name }: Attribute): boolean =>
  mutability === 'readWrite' && returned !== 'never' && name !== '$ref';

/** A complex attribute that points at another resource; only its `value` is the client's to choose (RFC 7643 §2.4). */
export const isReference = ({ type, parts }: Attribute): boolean =>
  type === 'complex' && parts.some(({ name }) => name === '$ref') && parts.some(({ name }) => name === 'value');

/** A value for the attribute that its published definition allows; `variant` 0 and 1 differ. Undefined when none can be made. */
export function valueFor(attribute: Attribute, variant: 0 | 1, stock: Stock): unknown {
  if (!attribute.multiValued) return single(attribute, variant, stock, attribute.name);
  if (isReference(attribute)) return [single(attribute, variant, stock, attribute.name)];
  const kinds = attribute.parts.find(({ name }) => name === 'type')?.canonicalValues ?? [];
  const two = kinds.length !== 1 && attribute.type === 'complex';
  const first = single(attribute, variant, stock, attribute.name);
  if (!two) return [first];
  const other = single(attribute, variant === 0 ? 1 : 0, stock, attribute.name) as Resource;
  return [first, other];
}

function single(attribute: Attribute, variant: 0 | 1, stock: Stock, parent: string): unknown {
  const { type, name, canonicalValues, referenceTypes } = attribute;
  switch (type) {
    case 'boolean':
      return variant === 0;
    case 'integer':
      return 41 + variant;
    case 'decimal':
      return 41.5 + variant;
    case 'dateTime':
      return `2011-05-13T04:42:3${variant}Z`;
    case 'binary':
      return Buffer.from(stock.name()).toString('base64');
    case 'reference':
      if (referenceTypes.includes('User')) return stock.userId;
      if (referenceTypes.includes('Group')) return stock.groupId;
      return `https://conformance.example/${stock.name()}`;
    case 'complex':
      return complex(attribute, variant, stock);
    default:
      return text(name, parent, canonicalValues, variant, stock);
  }
}

function complex(attribute: Attribute, variant: 0 | 1, stock: Stock): Resource | undefined {
  if (isReference(attribute)) {
    const types = attribute.parts.find(({ name }) => name === '$ref')!.referenceTypes;
    const id = types.length > 0 && !types.includes('User') ? stock.groupId : stock.userId;
    return id === undefined ? undefined : { value: id };
  }
  const parts = attribute.parts
    .filter(isWritable)
    .map((part) => [part.name, single(part, variant, stock, attribute.name)]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function text(name: string, parent: string, canonical: string[], variant: 0 | 1, { name: unique }: Stock): string {
  const formed = FORMED[name];
  if (formed) return formed[variant];
  if (canonical.length > 0) return canonical[Math.min(variant, canonical.length - 1)]!;
  if (name === 'type') return ['work', 'home'][variant]!;
  if (/^emails?$/i.test(parent) && name !== 'display') return `${unique()}@conformance.example`;
  if (name === 'userName') return `${unique()}@conformance.example`;
  if (/^phoneNumbers$/i.test(parent) && name === 'value') return `tel:+1-201-555-012${variant}`;
  if (/^photos$/i.test(parent) && name === 'value') return `https://conformance.example/${unique()}.jpg`;
  return unique();
}

/** What the server's schemas demand of a new resource. */
export function required(server: Server, kind: Kind, name: Stock['name']): Resource {
  const [core] = server.schemasOf(kind);
  const needed = (core?.attributes ?? []).filter((attribute) => attribute.required && isWritable(attribute));
  return Object.fromEntries(needed.map((attribute) => [attribute.name, valueFor(attribute, 0, { name })]));
}
