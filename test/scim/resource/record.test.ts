import { expect, test } from 'vitest';
import { ENTERPRISE, userFieldKeys } from '../../../src/fields/user.fields.ts';
import { newUser } from '../../../src/scim/resource/read.ts';
import { groupRecord, userRecord } from '../../../src/scim/resource/record.ts';
import { fullPost } from './bodies.ts';

test('B14 every field takes its value from its place', () => {
  const resource = newUser(JSON.parse(fullPost));
  const record = userRecord(resource, null);
  expect(record).toMatchObject({ userName: 'julien.vonrueden@ondricka.us', externalId: null, active: true });
  expect(record.resource).toBe(resource);
  expect(record.values).toEqual({
    displayName: 'NDSQQTECVAAC',
    givenName: 'Elfrieda',
    familyName: 'Urban',
    middleName: 'Cindy',
    formattedName: 'Myah',
    honorificPrefix: 'Minerva',
    honorificSuffix: 'Micaela',
    nickName: 'FOGSIQTKHIPG',
    title: 'CJSGUNOAAMMQ',
    userType: 'GZILLRZCFPNC',
    profileUrl: 'BAPNQLJSRQGD',
    preferredLanguage: 'hi',
    locale: 'RJWNTUNNOHNZ',
    timezone: 'America/Guayaquil',
    email: 'thaddeus@hammes.info',
    phone: '10-040-1308',
    workPhone: '10-040-1308',
    fax: '10-040-1308',
    address: {
      formatted: 'ZQEHBLETAAQE',
      streetAddress: '25928 Katlyn Row',
      locality: 'YRAKBQCGOHZF',
      region: 'XCCVLAIDMQYR',
      postalCode: 'cx47 4mz',
      country: 'Sierra Leone',
    },
    employeeNumber: 'OXYYEGWVLTGW',
    costCenter: 'ASHTVSKANCGL',
    organization: 'DPQRRHJMBXZE',
    division: 'WXNFEJQDRAVI',
    department: 'ZYWTBPDFHIIP',
    manager: 'XYMKVVRYDIOO',
  });
  expect(userFieldKeys).toEqual(expect.arrayContaining(Object.keys(record.values)));
});

test('elements without a field of their own are the rest', () => {
  const { values } = userRecord(
    newUser({
      userName: 'u',
      emails: [
        { type: 'WORK', value: 'first' },
        { type: 'work', value: 'second' },
        { value: 'untyped' },
        { type: 'other', value: 'o' },
      ],
      addresses: [{ type: 'home', formatted: 'h' }],
    }),
    null,
  );
  expect(values).toEqual({
    email: 'first',
    otherEmail: 'o',
    moreEmails: [{ type: 'work', value: 'second' }, { value: 'untyped' }],
    moreAddresses: [{ type: 'home', formatted: 'h' }],
  });
});

test('B26 what the record before spoke of and this one does not is cleared', () => {
  const before = newUser({
    userName: 'u',
    title: 't',
    emails: [{ type: 'work', value: 'e' }, { value: 'x' }],
    manager: 'm',
  });
  const after = newUser({ userName: 'u', active: false, nickName: 'n' });
  expect(userRecord(after, before)).toMatchObject({
    active: false,
    values: { title: null, email: null, moreEmails: null, manager: null, nickName: 'n' },
  });
  expect(Object.keys(userRecord(after, before).values)).toHaveLength(5);
  expect(after).not.toHaveProperty(ENTERPRISE);
});

test('S14 a group keeps its whole record beside the names the hub must know', () => {
  const resource = { displayName: 'g', externalId: 'e', description: 'd', 'urn:x:1.0:Group': { a: 1 } };
  expect(groupRecord(resource)).toEqual({ displayName: 'g', externalId: 'e', resource });
  expect(groupRecord({ displayName: 'g' })).toMatchObject({ externalId: null });
});
