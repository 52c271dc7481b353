import { ENTERPRISE } from '../src/fields/user.fields.ts';

/** The userName of the person with that key. */
export const userNameOf = (key: string): string => `person.${key}@bench.example`;

/** The number of a seeded person as it stands in their values. */
export const keyOfNumber = (number: number): string => String(number).padStart(6, '0');

/** A person as Entra's default mapping sends one; every value that people differ in holds the key. */
export const personBody = (key: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  externalId: `object-${key}`,
  userName: userNameOf(key),
  active: true,
  displayName: `Person ${key}`,
  title: 'Engineer',
  preferredLanguage: 'en-US',
  name: { givenName: 'Person', familyName: key, formatted: `Person ${key}` },
  emails: [{ type: 'work', primary: true, value: `person.${key}@bench.example` }],
  phoneNumbers: [
    { type: 'mobile', value: '+49 30 5550100' },
    { type: 'work', value: '+49 30 5550199' },
  ],
  addresses: [{ type: 'work', streetAddress: 'Main Street 1', locality: 'Berlin', postalCode: '10115', country: 'DE' }],
  [ENTERPRISE]: { employeeNumber: key, department: 'Research', organization: 'Bench' },
});
