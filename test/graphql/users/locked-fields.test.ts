import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENTERPRISE, type UserFieldKey, userFieldKeys } from '../../../src/fields/user.fields.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

let hub: Hub;
let tenant: Tenant;
let ada: string;
let boss: string;
beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  const client = scimClient(await hub.newDirectory(tenant.id, 'DYNASEND'));
  const [made] = await client.people('boss');
  boss = made!;
  ada = String((await client.post('/Users', everything())).body.id);
});
afterAll(() => hub?.stop());

/** Fields that no mutation writes: whole lists and addresses are the directory's alone. */
const unwritable: ReadonlySet<UserFieldKey> = new Set(['moreEmails', 'morePhoneNumbers', 'address', 'moreAddresses']);
const fed = userFieldKeys.filter((key) => !unwritable.has(key));

const everything = () => ({
  userName: 'ada',
  displayName: 'Ada',
  name: {
    givenName: 'Ada',
    familyName: 'Lovelace',
    middleName: 'King',
    formatted: 'Ada Lovelace',
    honorificPrefix: 'Countess',
    honorificSuffix: 'I',
  },
  nickName: 'A',
  title: 'Countess',
  userType: 'Employee',
  profileUrl: 'https://x.example/ada',
  preferredLanguage: 'en',
  locale: 'en-GB',
  timezone: 'Europe/London',
  emails: ['work', 'home', 'other'].map((type) => ({ type, value: `ada@${type}.example` })),
  phoneNumbers: ['mobile', 'work', 'fax'].map((type, at) => ({ type, value: `+44 20 000${at}` })),
  [ENTERPRISE]: {
    employeeNumber: '1',
    costCenter: '2',
    organization: 'Mill',
    division: 'North',
    department: 'Engines',
    manager: { value: boss },
  },
});

/** A value that the mutation would take, had the directory not spoken. */
const edits: Partial<Record<UserFieldKey, string>> = {
  profileUrl: 'https://y.example',
  preferredLanguage: 'de',
  locale: 'de-DE',
  timezone: 'Europe/Berlin',
  email: 'me@x.example',
  homeEmail: 'me@y.example',
  otherEmail: 'me@z.example',
  phone: '+49 151 1',
  workPhone: '+49 151 2',
  fax: '+49 151 3',
};

const edit = async (ask: Ask, key: UserFieldKey) => {
  const value = key === 'manager' ? ada : (edits[key] ?? 'mine');
  const mutation = `mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { user { id }
    problems { __typename code path message ... on FieldLockedProblem { field { key } rule { sourceOfTruth } source { kind } } } } }`;
  return (await ask(mutation, { id: ada, input: { [key]: value } })).data.updateUser;
};

const lockOf = (key: string) => ({
  code: 'FIELD_LOCKED',
  field: { key },
  rule: { sourceOfTruth: 'DIRECTORY' },
  source: { kind: 'DIRECTORY' },
});

test.each(fed)(
  'DY2 %s, which the directory feeds, is locked to the person and to an admin, with owner and rule',
  async (key) => {
    const shown = `query ($id: ID!, $keys: [String!]) { user(id: $id) { fields(keys: $keys) { value viewerCanEdit } } }`;
    for (const ask of [askAs(hub, tenant.key), askAs(hub, tenant.key, ada)]) {
      const before = (await ask(shown, { id: ada, keys: [key] })).data.user.fields[0];
      expect(before).toEqual({ value: expect.anything(), viewerCanEdit: false });
      const { user, problems } = await edit(ask, key);
      expect([user, problems]).toEqual([null, [expect.objectContaining(lockOf(key))]]);
      expect((await ask(shown, { id: ada, keys: [key] })).data.user.fields[0]).toEqual(before);
    }
  },
);
