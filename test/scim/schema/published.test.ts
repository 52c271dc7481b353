import { expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../../src/domain/json.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { publishedSchemas } from '../../../src/scim/schema/published.ts';

const schemas = publishedSchemas('https://hub.example/scim/v2');
const named = (list: Json | undefined, name: string): JsonObject | undefined =>
  (list as JsonObject[]).find((one) => one.name === name);

test('F1 there are User, Group and EnterpriseUser, without a null anywhere', () => {
  expect(schemas.map((schema) => schema.id)).toEqual([
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'urn:ietf:params:scim:schemas:core:2.0:Group',
    ENTERPRISE,
  ]);
  expect(JSON.stringify(schemas)).not.toContain('null');
});

test('F4 every attribute says all of RFC 7643 §7', () => {
  const visit = (attributes: Json | undefined): void => {
    for (const one of attributes as JsonObject[]) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining(['name', 'type', 'multiValued', 'description', 'required', 'mutability', 'returned']),
      );
      expect(one.name).toMatch(/^[a-z$][A-Za-z0-9]*$/);
      if (isJsonObject(one) && one.subAttributes) visit(one.subAttributes);
    }
  };
  for (const schema of schemas) visit(schema.attributes);
});

test('F4 lists name their types', () => {
  const emails = named(schemas[0]!.attributes, 'emails')!;
  expect(emails).toMatchObject({ type: 'complex', multiValued: true });
  expect(named(emails.subAttributes, 'type')).toMatchObject({ canonicalValues: ['work', 'home', 'other'] });
  expect(named(named(schemas[0]!.attributes, 'phoneNumbers')!.subAttributes, 'type')).toMatchObject({
    canonicalValues: ['mobile', 'work', 'fax'],
  });
  expect(named(schemas[0]!.attributes, 'roles')!.subAttributes).not.toContainEqual(
    expect.objectContaining({ canonicalValues: expect.anything() }),
  );
});

test('F5 what cannot be read back is not published', () => {
  const names = (schemas[0]!.attributes as JsonObject[]).map((one) => one.name);
  expect(names).not.toEqual(expect.arrayContaining(['password']));
  expect(names).not.toContain('meta');
  expect(named(named(schemas[0]!.attributes, 'emails')!.subAttributes, 'display')).toBeUndefined();
});

test('the snapshot of names is the table of fields', () => {
  const names = (schema: JsonObject | undefined) => (schema!.attributes as JsonObject[]).map((one) => one.name);
  expect(names(schemas[2])).toEqual([
    'employeeNumber',
    'costCenter',
    'organization',
    'division',
    'department',
    'manager',
  ]);
  expect(names(schemas[1])).toEqual(['displayName', 'description', 'members']);
  expect(names(schemas[0])).toEqual([
    'userName',
    'displayName',
    'name',
    'nickName',
    'title',
    'userType',
    'profileUrl',
    'preferredLanguage',
    'locale',
    'timezone',
    'emails',
    'phoneNumbers',
    'addresses',
    'active',
    'roles',
    'entitlements',
    'ims',
    'photos',
    'x509Certificates',
    'groups',
  ]);
  expect(named(schemas[0]!.attributes, 'userName')).toEqual({
    name: 'userName',
    type: 'string',
    multiValued: false,
    description: 'Name by which the directory knows the person.',
    required: true,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'server',
  });
});
