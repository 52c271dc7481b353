import { expect, test } from 'vitest';
import type { Change } from '../../src/entra/directory.ts';
import { directoryOf, person, withPeer } from './support.ts';

const { peer, run } = withPeer();
const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = ['urn:ietf:params:scim:api:messages:2.0:PatchOp'];

test('B8 B9 D3 a user is created with every mapped attribute and with app roles', async () => {
  const ada = person('ada', {
    ...{
      displayName: 'Ada Lovelace',
      givenName: 'Ada',
      surname: 'Lovelace',
      mail: 'ada@mail.example',
      jobTitle: 'Countess',
    },
    ...{
      mobilePhone: '1',
      businessPhone: '2',
      faxNumber: '3',
      city: 'London',
      officeLocation: 'Floor 1',
      department: 'Maths',
    },
    ...{ preferredLanguage: 'en-GB', timezone: 'Europe/London', userType: 'Member', appRoles: ['User'] },
  });
  await run({ directory: directoryOf([ada]) });
  expect(peer().asked('POST', /Users/)[0]!.body).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', URN],
    externalId: 'ada',
    active: true,
    userName: 'ada@example.com',
    displayName: 'Ada Lovelace',
    name: { givenName: 'Ada', familyName: 'Lovelace', formatted: 'Ada Lovelace' },
    title: 'Countess',
    userType: 'Member',
    preferredLanguage: 'en-GB',
    timezone: 'Europe/London',
    emails: [{ type: 'work', value: 'ada@mail.example', primary: true }],
    phoneNumbers: [
      { type: 'work', value: '2' },
      { type: 'mobile', value: '1' },
      { type: 'fax', value: '3' },
    ],
    addresses: [
      { type: 'work', locality: 'London' },
      { type: 'other', formatted: 'Floor 1' },
    ],
    [URN]: { department: 'Maths' },
    meta: { resourceType: 'User' },
    roles: [{ primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' }],
  });
});

test('C2 C5 C7 a group is looked for without members, created empty and filled by PATCH', async () => {
  await run({
    directory: directoryOf([person('ada')], { groups: [{ id: 'g', displayName: 'Öl & "Gas"', members: ['ada'] }] }),
  });
  expect(peer().asked('GET', /Groups/)[1]!.url).toBe(
    '/scim/Groups?excludedAttributes=members&filter=displayName+eq+%22%c3%96l+%26+%5c%22Gas%5c%22%22',
  );
  expect(peer().asked('POST', /Groups/)[0]!.body).toEqual({
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ],
    externalId: 'g',
    displayName: 'Öl & "Gas"',
    meta: { resourceType: 'Group' },
  });
  const { id } = peer().userNamed('ada@example.com')!;
  expect(peer().asked('PATCH', /Groups/)[0]!.body).toEqual({
    schemas: PATCH,
    Operations: [{ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }],
  });
});

// Everything Entra can say about a change, once in each dialect.
const changes: Change[] = [
  {
    cycle: 2,
    do: 'edit',
    person: 'ada',
    set: { displayName: 'A', givenName: 'B', department: 'C', mail: 'd@e', jobTitle: 'F' },
  },
  { cycle: 3, do: 'disable', person: 'ada' },
  { cycle: 4, do: 'restore', person: 'ada' },
  { cycle: 5, do: 'edit', person: 'ada', set: { manager: 'bob' } },
  { cycle: 6, do: 'edit', person: 'ada', set: { manager: 'cyd' } },
  { cycle: 7, do: 'edit', person: 'ada', set: { manager: null } },
  { cycle: 8, do: 'edit', person: 'ada', set: { appRoles: ['Admin'] } },
  { cycle: 9, do: 'rename-group', group: 'g', displayName: 'H' },
  { cycle: 10, do: 'remove-member', group: 'g', person: 'ada' },
];

async function patchesIn(dialect: 'verbose' | 'batched'): Promise<unknown[]> {
  const ada = person('ada', { displayName: 'Ada', givenName: 'Ada', department: 'Maths' });
  const groups = [{ id: 'g', displayName: 'G', members: ['ada'] }];
  const directory = directoryOf([ada, person('bob'), person('cyd')], { groups, scenarios: { all: changes } });
  const report = await run({ directory, dialect, cycles: 10, scenario: 'all' });
  expect(report).toMatchObject({ ok: true, refusals: [] });
  for (const { body } of peer().asked('PATCH', /./)) expect(body.schemas).toEqual(PATCH);
  // The first PATCH is the member of the initial cycle, which has a test of its own.
  return peer()
    .asked('PATCH', /./)
    .slice(1)
    .map(({ body }) => body.Operations);
}

const idOf = (name: string) => peer().userNamed(`${name}@example.com`)!.id;
const ROLE = { primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'Admin', value: 'Admin' };

test('B16 B17 B23 B31 C6 C8 D3 the verbose dialect has capital ops, one a leaf, and booleans as text', async () => {
  expect(await patchesIn('verbose')).toEqual([
    [
      { op: 'Replace', path: 'displayName', value: 'A' },
      { op: 'Replace', path: 'name.givenName', value: 'B' },
      { op: 'Add', path: 'title', value: 'F' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'd@e' },
      { op: 'Replace', path: `${URN}:department`, value: 'C' },
      { op: 'Replace', path: 'name.formatted', value: 'B' },
    ],
    [{ op: 'Replace', path: 'active', value: 'False' }],
    [{ op: 'Replace', path: 'active', value: 'True' }],
    [{ op: 'Add', path: `${URN}:manager`, value: idOf('bob') }],
    [{ op: 'Replace', path: `${URN}:manager`, value: idOf('cyd') }],
    [{ op: 'Replace', path: `${URN}:manager`, value: '' }],
    [{ op: 'replace', path: 'roles', value: [ROLE] }],
    [{ op: 'Replace', path: 'displayName', value: 'H' }],
    [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: idOf('ada') }] }],
  ]);
});

test('B19 B23 C6 C9 D4 the batched dialect has small ops, real booleans and one op without path', async () => {
  expect(await patchesIn('batched')).toEqual([
    [
      { op: 'add', path: 'emails[type eq "work"].value', value: 'd@e' },
      { op: 'add', path: 'title', value: 'F' },
      {
        op: 'replace',
        value: { displayName: 'A', 'name.givenName': 'B', [`${URN}:department`]: 'C', 'name.formatted': 'B' },
      },
    ],
    [{ op: 'replace', path: 'active', value: false }],
    [{ op: 'replace', path: 'active', value: true }],
    [{ op: 'add', path: `${URN}:manager`, value: { value: idOf('bob') } }],
    [{ op: 'replace', path: `${URN}:manager`, value: { value: idOf('cyd') } }],
    [{ op: 'replace', path: `${URN}:manager`, value: { value: '' } }],
    [{ op: 'replace', path: 'roles', value: [ROLE] }],
    [{ op: 'replace', value: { displayName: 'H' } }],
    [{ op: 'remove', path: `members[value eq "${idOf('ada')}"]` }],
  ]);
});

test('B14 the capitals of .Value and .Formatted travel in paths', async () => {
  const set = { otherMail: 'x@y', officeLocation: 'Z' };
  const scenarios = { edit: [{ cycle: 2, do: 'edit', person: 'ada', set }] satisfies Change[] };
  await run({ directory: directoryOf([person('ada')], { scenarios }), scenario: 'edit', cycles: 2 });
  expect(peer().asked('PATCH', /./)[0]!.body.Operations).toEqual([
    { op: 'Add', path: 'emails[type eq "other"].Value', value: 'x@y' },
    { op: 'Add', path: 'addresses[type eq "other"].Formatted', value: 'Z' },
  ]);
});
