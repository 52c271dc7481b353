import { wireId } from '../src/domain/ids.ts';
import { type Case, floorRequest, hubRequest, someone } from './case.ts';
import type { Company } from './company.ts';
import { keyOfNumber, personBody, userNameOf } from './person.ts';

const wire = (company: Company, serial: number) => wireId('usr', company.people[someone(company, serial)]!);
const stored = (company: Company, serial: number) => company.people[someone(company, serial)]!;
const nameOf = (company: Company, serial: number) => userNameOf(keyOfNumber(someone(company, serial)));

/** A change in Entra's own dialect: both values differ from what the person had. */
const change = (serial: number) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [
    { op: 'Replace', path: 'title', value: `Engineer ${serial}` },
    { op: 'Replace', path: 'displayName', value: `Person ${serial}` },
  ],
});

/** People as a directory writes and reads them. */
export const scimCases: Case[] = [
  {
    name: 'scim.create',
    bar: 0.45,
    request: {
      hub: ({ token }, serial) => hubRequest('POST', '/scim/v2/Users', token, personBody(`new-${serial}`)),
      floor: (_, serial) => floorRequest('POST', '/users', personBody(`new-${serial}`)),
    },
  },
  {
    name: 'scim.patch',
    bar: 0.45,
    request: {
      hub: (company, serial) =>
        hubRequest('PATCH', `/scim/v2/Users/${wire(company, serial)}`, company.token, change(serial)),
      floor: (company, serial) => floorRequest('PATCH', `/users/${stored(company, serial)}`, change(serial)),
    },
  },
  {
    name: 'scim.filter.100k',
    bar: 0.4,
    request: {
      hub: (company, serial) =>
        hubRequest('GET', `/scim/v2/Users?filter=${equals(nameOf(company, serial))}`, company.token),
      floor: (company, serial) => floorRequest('GET', `/users?userName=${encodeURIComponent(nameOf(company, serial))}`),
    },
  },
  {
    name: 'scim.get',
    bar: 0.4,
    request: {
      hub: (company, serial) => hubRequest('GET', `/scim/v2/Users/${wire(company, serial)}`, company.token),
      floor: (company, serial) => floorRequest('GET', `/users/${stored(company, serial)}`),
    },
  },
];

const equals = (userName: string): string => encodeURIComponent(`userName eq "${userName}"`);
