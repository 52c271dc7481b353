import type { Fields } from './field.ts';
import { ENTERPRISE } from './user.fields.ts';

/** Attributes of a person that are no fields: nobody can own them, or no field is made of them. */
const otherAttributes = [
  ...['schemas', 'id', 'externalId', 'meta', 'userName', 'active', 'password', 'groups', 'roles'],
  ...['entitlements', 'ims', 'photos', 'x509Certificates'],
];

const NAME = /^[A-Za-z$_][A-Za-z0-9$_-]{0,99}$/;
const NAMESPACE = /^urn:[a-z0-9][a-z0-9-]{0,31}(?::[a-z0-9._~-]{1,100}){0,12}$/i;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/** Where a custom field is in a record: an attribute of the core, or of the extension of that namespace. */
export type CustomPath = { readonly schema: string | null; readonly name: string };

/** Takes apart the path of a custom field: `badge` or `urn:…:badge`. */
export function customPath(scim: string): CustomPath {
  const colon = scim.lastIndexOf(':');
  return { schema: colon < 0 ? null : scim.slice(0, colon), name: scim.slice(colon + 1) };
}

/** Why a custom field cannot be written by that path, as the end of a sentence; null when it can. */
export function pathProblem(scim: string, others: Fields): string | null {
  const { schema, name } = customPath(scim);
  const isWellFormed = NAME.test(name) && (schema === null || (NAMESPACE.test(schema) && scim.length <= 400));
  if (!isWellFormed || scim.split(/[.:]/).some((part) => FORBIDDEN.has(part.toLowerCase())))
    return 'must be the name of an attribute, such as badge, or a URN that ends in one';
  // `urn:…:2.0:User` is how namespaces end, and clients that send one mean that.
  if (schema !== null && /:[\d.]+$/.test(schema)) return 'has the form of a namespace; add the name of an attribute';
  const lower = scim.toLowerCase();
  if (isStandardNamespace(schema)) return 'is in a namespace of the standard; use the bare name or a URN of your own';
  if (schema === null && otherAttributes.some((attribute) => attribute.toLowerCase() === lower))
    return 'is an attribute that the standard defines';
  for (const [key, { scim: taken }] of Object.entries(others)) {
    if (taken !== undefined && clashes(lower, taken.toLowerCase())) return `is the attribute of the field ${key}`;
  }
  return null;
}

/** Entra's own attribute editor puts custom attributes under `urn:ietf:params:scim:schemas:extension:` (seeds S15). */
const isStandardNamespace = (schema: string | null): boolean =>
  schema !== null && /^urn:ietf:params:scim:(?!schemas:extension:)/i.test(schema);

/** The same attribute, the same name without its namespace where clients leave that out, or a part of the other. */
function clashes(path: string, taken: string): boolean {
  const whole = wholeOf(taken);
  if (path === whole || path.startsWith(`${whole}:`) || whole.startsWith(`${path}:`)) return true;
  const enterprise = `${ENTERPRISE.toLowerCase()}:`;
  return path === `${enterprise}${whole}` || whole === `${enterprise}${path}`;
}

/** The attribute that a path leads into: `name` of `name.givenName`. */
const wholeOf = (path: string): string => (path.startsWith('urn:') ? path : path.split(/[.[]/, 1)[0]!);

/** Every attribute that is taken, in lower case: those of the standard, and those that these fields are written by. */
export const takenPaths = (fields: Fields): string[] => [
  ...otherAttributes.map((name) => name.toLowerCase()),
  ...new Set(Object.values(fields).flatMap(({ scim }) => (scim === undefined ? [] : [wholeOf(scim.toLowerCase())]))),
];
