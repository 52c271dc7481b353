import type { ValueType } from '../../domain/condition.ts';

/** What is known of one attribute (RFC 7643 §7); `searchable` is false where a filter cannot be answered exactly. */
export type Definition = {
  readonly name: string;
  readonly type: ValueType;
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server';
  readonly canonicalValues?: readonly string[];
  readonly referenceTypes?: readonly string[];
  readonly subAttributes?: readonly Definition[];
  readonly searchable: boolean;
  /** True for a field that the tenant added. */
  readonly custom: boolean;
};

/** A namespace and the attributes in it, as they are looked up: by lower-case name. */
export type Schema = {
  readonly urn: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: ReadonlyMap<string, Definition>;
};

/** Defines an attribute; what is not given is the default of RFC 7643 §2.2. */
export const attribute = (name: string, description: string, given: Partial<Definition> = {}): Definition => ({
  type: given.subAttributes ? 'complex' : 'string',
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  searchable: true,
  custom: false,
  ...given,
  name,
  description,
});

/** Finds a sub-attribute by its name in any case. */
export function subAttribute(definition: Definition, name: string): Definition | null {
  const wanted = name.toLowerCase();
  return definition.subAttributes?.find((sub) => sub.name.toLowerCase() === wanted) ?? null;
}

/** The attributes by lower-case name, in the order given. */
export const byName = (definitions: readonly Definition[]): ReadonlyMap<string, Definition> =>
  new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));
