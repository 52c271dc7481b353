import type { ValueType } from '../../domain/condition.ts';
import type { Field, FieldType } from '../../fields/field.ts';
import { ENTERPRISE, userFields } from '../../fields/user.fields.ts';
import { commonAttributes } from './common-attributes.ts';
import { attribute, byName, type Definition, type Schema } from './definition.ts';
import { fieldPath } from './field-path.ts';
import { furtherLists } from './further-lists.ts';
import { CORE } from './urns.ts';

/** How the values of a field are compared. */
export const types: Record<FieldType, ValueType> = {
  STRING: 'string',
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  DATETIME: 'dateTime',
  EMAIL: 'string',
  PHONE: 'string',
  URL: 'reference',
  LOCALE: 'string',
  TIMEZONE: 'string',
  REFERENCE: 'complex',
  ADDRESS: 'complex',
};

/** What the attributes that hold several fields are for; the fields inside speak for themselves. */
const containers: Readonly<Record<string, string>> = {
  name: 'The parts of the name.',
  emails: 'E-mail addresses.',
  phoneNumbers: 'Phone numbers.',
  addresses: 'Postal addresses.',
};

const addressParts = [
  attribute('formatted', 'The whole address, formatted for display or a label.'),
  attribute('streetAddress', 'Street, house number and the like; may hold line breaks.'),
  attribute('locality', 'City or place.'),
  attribute('region', 'State or region.'),
  attribute('postalCode', 'Postal code.'),
  attribute('country', 'Country, as the directory writes it.'),
];

const managerParts = [
  attribute('value', 'Id of the person they report to.'),
  attribute('$ref', 'Address of the person they report to.', {
    type: 'reference',
    referenceTypes: ['User'],
    searchable: false,
  }),
  attribute('displayName', 'Name of the person they report to.', { mutability: 'readOnly', searchable: false }),
];

const typed = (canonicalValues: readonly string[]) => [
  attribute('type', 'What the value is for.', { canonicalValues }),
  attribute('primary', 'True for the preferred value.', { type: 'boolean' }),
];

/** The attribute that one or several fields of the table write. */
function derive(name: string, fields: readonly (Field & { path: ReturnType<typeof fieldPath> })[]): Definition {
  const [first] = fields;
  if (!first) throw new Error(`No field writes ${name}.`);
  const single = fields.length === 1 && !first.path.sub && !first.path.element && !first.multiValued;
  if (single && first.type === 'REFERENCE') return attribute(name, first.about, { subAttributes: managerParts });
  if (single) {
    return attribute(name, first.about, {
      type: types[first.type],
      ...(first.type === 'URL' && { referenceTypes: ['external'] }),
    });
  }
  const description = Object.hasOwn(containers, name) ? containers[name]! : first.about;
  const canonical = fields.flatMap(({ path }) => (path.element === null ? [] : [path.element]));
  if (canonical.length === 0) {
    const subAttributes = fields.map((field) => attribute(field.path.sub!, field.about, { type: types[field.type] }));
    return attribute(name, description, { subAttributes });
  }
  const parts = first.type === 'ADDRESS' ? addressParts : [attribute('value', first.label)];
  return attribute(name, description, { multiValued: true, subAttributes: [...parts, ...typed(canonical)] });
}

function derived(schema: string | null): Definition[] {
  const groups = new Map<string, (Field & { path: ReturnType<typeof fieldPath> })[]>();
  for (const field of Object.values(userFields) as Field[]) {
    if (field.scim === undefined) continue;
    const path = fieldPath(field.scim);
    if (path.schema !== schema) continue;
    const group = groups.get(path.name);
    if (group) group.push({ ...field, path });
    else groups.set(path.name, [{ ...field, path }]);
  }
  return [...groups].map(([name, fields]) => derive(name, fields));
}

const roleParts = [
  attribute('value', 'The role, as the directory names it.'),
  attribute('display', 'Name of the role for people.'),
  attribute('type', 'What kind of role it is.'),
  attribute('primary', 'True for the main role.', { type: 'boolean' }),
];

const given = { mutability: 'readOnly' } as const;

const groupParts = [
  attribute('value', 'Id of the group.', { ...given, caseExact: true }),
  attribute('$ref', 'Address of the group.', {
    ...given,
    type: 'reference',
    referenceTypes: ['Group'],
    caseExact: true,
  }),
  attribute('display', 'Name of the group.', given),
  attribute('type', 'How the person is in the group.', { ...given, canonicalValues: ['direct'] }),
];

/** The core attributes of a person: every field of the field table with a path here, and what nobody can own. */
export const userSchema: Schema = {
  urn: CORE.User,
  name: 'User',
  description: 'A person.',
  attributes: byName([
    attribute('userName', 'Name by which the directory knows the person.', { required: true, uniqueness: 'server' }),
    ...derived(null),
    attribute('active', 'Whether the person may use the products.', { type: 'boolean' }),
    attribute('roles', 'Roles that the directory gives the person.', { multiValued: true, subAttributes: roleParts }),
    ...furtherLists,
    // Accepted because some clients send it, and dropped: the hub keeps no passwords.
    attribute('password', 'Never kept.', { mutability: 'writeOnly', returned: 'never', searchable: false }),
    // Who is in which group is written on the group alone.
    attribute('groups', 'Groups of the directory that the person is in.', {
      mutability: 'readOnly',
      multiValued: true,
      subAttributes: groupParts,
    }),
    ...commonAttributes,
  ]),
};

/** The attributes of the enterprise extension (RFC 7643 §4.3). */
export const enterpriseSchema: Schema = {
  urn: ENTERPRISE,
  name: 'EnterpriseUser',
  description: 'A person as a member of a company.',
  attributes: byName(derived(ENTERPRISE)),
};
