import { isUrn } from './urns.ts';

/** Where in a record a field is written, taken apart from the `scim` of the field table. */
export type FieldPath = {
  /** Namespace of an extension; null in the core. */
  schema: string | null;
  name: string;
  /** The `type` of the element that it is, in a multi-valued attribute. */
  element: string | null;
  sub: string | null;
};

const ELEMENT = '[type eq "';

/** Takes apart a path of the field table: `title`, `name.givenName`, `emails[type eq "work"].value`, `urn:…:department`. */
export function fieldPath(scim: string): FieldPath {
  const colon = isUrn(scim) ? scim.lastIndexOf(':') : -1;
  const schema = colon < 0 ? null : scim.slice(0, colon);
  const path = scim.slice(colon + 1);
  const bracket = path.indexOf(ELEMENT);
  if (bracket < 0) {
    const [name = '', sub = null] = path.split('.');
    return { schema, name, element: null, sub };
  }
  const end = path.indexOf('"]', bracket);
  const sub = path.slice(end + 3);
  return { schema, name: path.slice(0, bracket), element: path.slice(bracket + ELEMENT.length, end), sub: sub || null };
}
