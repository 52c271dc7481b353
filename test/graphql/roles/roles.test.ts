import { readFile } from 'node:fs/promises';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';
import { statementsOf } from '../statements.ts';
import { type Company, newCompany } from './company.ts';

let hub: Hub;
let company: Company;
beforeAll(async () => {
  hub = await startHub();
  company = await newCompany(hub);
});
afterAll(() => hub?.stop());

const STAKEHOLDER = { appRole: 'S4Stakeholder', kind: 'STAKEHOLDER' };
const value = 'S4Stakeholder';
const packed = JSON.stringify({ id: '06b07648-0000-4000-8000-000000000000', value, displayName: 'Stakeholder' });
const assigned = { primary: false, type: 'WindowsAzureActiveDirectoryRole', display: value, value };
const other = { ...assigned, display: 'User', value: 'User' };

const create = async ({ entra }: Company, userName: string, more: object = {}) =>
  String((await entra.post('/Users', { userName, externalId: `oid-${userName}`, active: true, ...more })).body.id);

describe('S28 an app role makes a stakeholder', () => {
  const shapes: [string, object[]][] = [
    ['AssertiveAppRoleAssignmentsComplex', [{ op: 'replace', path: 'roles', value: [assigned] }]],
    ['AppRoleAssignmentsComplex', [{ op: 'Add', path: 'roles', value: [{ value: packed }] }]],
    ['SingleAppRoleAssignment', [{ op: 'Add', path: 'roles[primary eq "True"].value', value }]],
    ['SingleAppRoleAssignment as a document', [{ op: 'Add', path: 'roles[primary eq "True"].value', value: packed }]],
    [
      'the name with its namespace',
      [{ op: 'Add', path: 'urn:ietf:params:scim:schemas:core:2.0:User:roles', value: [assigned] }],
    ],
    ['objects by POST', []],
  ];

  beforeAll(async () => {
    expect(await company.setRules(STAKEHOLDER)).toEqual([]);
  });

  test.each(shapes)('S28 %s gives it, and losing it takes it back', async (shape, operations) => {
    const roles = operations.length === 0 ? [{ ...assigned, displayName: 'Stakeholder' }] : [other];
    const id = await create(company, shape, { roles });
    if (operations.length > 0)
      expect((await company.entra.patch(`/Users/${id}`, ...operations)).status).toBeLessThan(300);
    expect((await company.person(id)).kind).toBe('STAKEHOLDER');
    await company.entra.patch(`/Users/${id}`, { op: 'replace', path: 'roles', value: [other] });
    expect((await company.person(id)).kind).toBe('MEMBER');
  });

  test('S28 stakeholders lists exactly them', async () => {
    const id = await create(company, 'listed', { roles: [assigned] });
    const { data } = await company.ask('{ stakeholders { nodes { id } } }');
    expect(data.stakeholders.nodes).toEqual([{ id }]);
  });

  test('S28 a rule that comes later is applied to whoever is there, with an event and a version each', async () => {
    const later = await newCompany(hub);
    const [holds, lacks] = [await create(later, 'a', { roles: [assigned] }), await create(later, 'b')];
    await later.setRules(STAKEHOLDER);
    expect([await later.person(holds), await later.person(lacks)]).toMatchObject([
      { kind: 'STAKEHOLDER', version: 2 },
      { kind: 'MEMBER', version: 1 },
    ]);
    await later.setRules();
    expect(await later.person(holds)).toMatchObject({ kind: 'MEMBER', version: 3 });
    // The log shows an event once no older transaction is under way.
    const updates = async () => (await later.eventNames()).filter((name) => name === 'user.updated');
    await expect.poll(updates).toHaveLength(2);
  });

  test('S28 what an admin made by hand stays when rules come and go', async () => {
    const byHand = await newCompany(hub);
    const text = 'mutation { createUser(input: { userName: "x", kind: STAKEHOLDER }) { user { id } } }';
    const { id } = (await byHand.ask(text)).data.createUser.user;
    await byHand.setRules(STAKEHOLDER);
    await byHand.setRules();
    expect((await byHand.person(id)).kind).toBe('STAKEHOLDER');
  });

  test('S29 members of a group of stakeholders become them by joining and cease to be by leaving', async () => {
    const grouped = await newCompany(hub);
    const id = await create(grouped, 'member');
    const group = await grouped.entra.group('Stakeholders');
    await grouped.setRules({ group, kind: 'STAKEHOLDER' });
    const member = { path: 'members', value: [{ value: id }] };
    await grouped.entra.patch(`/Groups/${group}`, { op: 'Add', ...member });
    expect((await grouped.person(id)).kind).toBe('STAKEHOLDER');
    await grouped.entra.patch(`/Groups/${group}`, { op: 'Remove', ...member });
    expect((await grouped.person(id)).kind).toBe('MEMBER');
  });

  test('S29 a deleted group gives nothing any more', async () => {
    const grouped = await newCompany(hub);
    const id = await create(grouped, 'member');
    const group = await grouped.entra.group('Stakeholders', [id]);
    await grouped.setRules({ group, kind: 'STAKEHOLDER' });
    expect((await grouped.person(id)).kind).toBe('STAKEHOLDER');
    await grouped.entra.delete(`/Groups/${group}`);
    expect((await grouped.person(id)).kind).toBe('MEMBER');
    expect((await grouped.ask('{ roleRules { id } }')).data.roleRules).toEqual([]);
  });

  test('a disconnected directory gives no kind any more', async () => {
    const left = await newCompany(hub);
    const id = await create(left, 'left', { roles: [assigned] });
    await left.setRules({ ...STAKEHOLDER, role: await left.roleNamed('admin') });
    expect(await left.person(id)).toMatchObject({ kind: 'STAKEHOLDER', roles: [{ role: { key: 'admin' } }] });
    const text = 'mutation ($id: ID!) { disconnectDirectory(id: $id, plan: KEEP_MANUAL) { problems { message } } }';
    expect((await left.ask(text, { id: left.directory.id })).data.disconnectDirectory.problems).toEqual([]);
    expect(await left.person(id)).toMatchObject({ kind: 'MEMBER', roles: [] });
  });
});

describe('roles', () => {
  let lead: string;
  beforeAll(async () => {
    company = await newCompany(hub);
    lead = await company.newRole('lead');
  });

  test('each way in which a person holds a role is told, and the filter finds them by each', async () => {
    const ids = [await company.newUser('direct'), await create(company, 'app', { roles: [assigned] })];
    ids.push(await create(company, 'grouped'));
    const group = await company.entra.group('Leads', [ids[2]!]);
    await company.setRules({ appRole: value, role: lead }, { group, role: lead });
    expect(await company.change('grantRole', ids[0]!, lead)).toEqual([]);
    const ways = await Promise.all(ids.map(async (id) => (await company.person(id)).roles[0].via));
    expect(ways).toMatchObject([
      { __typename: 'DirectGrant', actor: expect.stringMatching(/^key_/) },
      { __typename: 'AppRoleGrant', value, directory: { id: company.directory.id } },
      { __typename: 'GroupGrant', group: { displayName: 'Leads' } },
    ]);
    expect((await company.holders(lead)).sort()).toEqual([...ids].sort());
    expect(await company.holders('role_junk')).toEqual([]);
  });

  test('granting raises the version and is told once; revoking takes back what was given directly alone', async () => {
    const id = await create(company, 'twice', { roles: [assigned] });
    await company.change('grantRole', id, lead);
    await company.change('grantRole', id, lead);
    expect(await company.person(id)).toMatchObject({ version: 2, roles: [{}, {}] });
    await company.change('revokeRole', id, lead);
    expect(await company.person(id)).toMatchObject({ version: 3, roles: [{ via: { __typename: 'AppRoleGrant' } }] });
    const text =
      '{ events(names: ["user.role.granted", "user.role.revoked"]) { nodes { name subjectId changes { to } } } }';
    const { nodes } = (await company.ask(text)).data.events;
    expect(nodes.filter((one: { subjectId: string }) => one.subjectId === id)).toHaveLength(2);
  });

  test('the past knows what was given directly', async () => {
    const id = await company.newUser('past');
    const before = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await company.change('grantRole', id, lead);
    const { data } = await company.ask(
      'query ($id: ID!, $a: DateTime!, $b: DateTime!) { user(id: $id) { a: asOf(at: $a) { roles } b: asOf(at: $b) { roles } } }',
      { id, a: before, b: new Date().toISOString() },
    );
    expect(data.user).toEqual({ a: { roles: [] }, b: { roles: ['lead'] } });
  });

  test('a deactivated person keeps roles', async () => {
    const id = await create(company, 'away', { roles: [assigned] });
    await company.entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: false });
    expect(await company.person(id)).toMatchObject({ status: 'DEACTIVATED', roles: [{ role: { key: 'lead' } }] });
  });

  test('a key is of a known shape and unique whatever its case; built-in roles and those of rules are not deleted', async () => {
    const code = async (key: string) =>
      (
        await company.ask('mutation ($k: String!) { createRole(key: $k, name: "N") { problems { code path } } }', {
          k: key,
        })
      ).data.createRole.problems[0];
    expect(await code('no spaces')).toEqual({ code: 'INVALID_INPUT', path: ['key'] });
    expect(await code('OWNER')).toEqual({ code: 'NOT_UNIQUE', path: ['key'] });
    const remove = async (id: string) =>
      (await company.ask('mutation ($id: ID!) { deleteRole(id: $id) { deletedId problems { code } } }', { id })).data
        .deleteRole;
    expect(await remove(lead)).toMatchObject({ deletedId: null, problems: [{ code: 'NOT_ALLOWED' }] });
    expect((await remove(await company.roleNamed('owner'))).problems).toEqual([{ code: 'NOT_ALLOWED' }]);
    const spare = await company.newRole('spare');
    const id = await company.newUser('spared');
    await company.change('grantRole', id, spare);
    expect(await remove(spare)).toEqual({ deletedId: spare, problems: [] });
    expect(await company.keysOf(id)).toEqual([]);
  });

  test('a rule names exactly one of app role and group, and gives something', async () => {
    for (const rule of [{}, { appRole: 'x' }, { role: lead }, { appRole: 'x', group: 'grp_x', role: lead }])
      expect(await company.setRules(rule)).toEqual(['INVALID_INPUT']);
    expect(await company.setRules({ appRole: 'x', role: 'role_junk' })).toEqual(['NOT_FOUND']);
    expect(await company.setRules({ group: 'grp_00000000000000000000000000', role: lead })).toEqual(['NOT_FOUND']);
    expect((await company.ask('{ roleRules { id } }')).data.roleRules).toHaveLength(2);
  });

  test('the roles of many people cost as many statements as those of one', async () => {
    for (const index of [1, 2, 3]) await company.change('grantRole', await company.newUser(`many${index}`), lead);
    const query = `query ($w: UserWhere) { users(where: $w) { nodes { roles { role { key } via { ... on AppRoleGrant {
      directory { name } } } } explainRole(role: "${lead}") { steps } } } }`;
    const cost = async (startsWith: string) => {
      const all = await statementsOf(() => company.ask(query, { w: { userName: { startsWith } } }));
      // The log of what directories sent before is written in the background.
      return all.filter((text) => text.includes('role')).length;
    };
    expect(await cost('many')).toBe(await cost('many1'));
  });
});

describe('explainRole', () => {
  const QUERY = 'query ($id: ID!, $r: ID!) { user(id: $id) { explainRole(role: $r) { held steps missing } } }';
  const plain = (text: string) => text.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'THEN').replace(/key_\w+/, 'KEY');

  test('explainRole says by which app role, group and grant, and what is missing', async () => {
    company = await newCompany(hub);
    const role = await company.newRole('lead');
    const held = await create(company, 'Ada', { roles: [assigned] });
    const lacking = await create(company, 'Bob');
    const group = await company.entra.group('Leads', [held]);
    await company.setRules({ appRole: value, role }, { group, role });
    await company.change('grantRole', held, role);
    const explain = async (id: string) => (await company.ask(QUERY, { id, r: role })).data.user.explainRole;
    const { steps, ...rest } = await explain(held);
    expect(steps.map(plain)).toEqual([
      'Ada holds the role "lead" (lead).',
      'A rule gives it to members of the group "Leads" of "Entra"; they are one.',
      'KEY granted it directly on THEN.',
      'A rule gives it to holders of the app role "S4Stakeholder"; the directory "Entra" says they hold that.',
    ]);
    expect(rest).toEqual({ held: true, missing: [] });
    expect(await explain(lacking)).toEqual({
      held: false,
      steps: ['Bob does not hold the role "lead" (lead).'],
      missing: [
        'Be given the app role "S4Stakeholder" by a connected directory.',
        'Be in the group "Leads" of "Entra".',
        'Be granted it directly, with grantRole.',
      ],
    });
  });
});

describe('who gives roles', () => {
  beforeAll(async () => {
    company = await newCompany(hub);
  });

  test('A28 a role that was granted here survives a full PUT and an initial cycle', async () => {
    const role = await company.newRole('local');
    const id = await create(company, 'kept', { roles: [assigned] });
    await company.change('grantRole', id, role);
    const record = { userName: 'kept', externalId: 'oid-kept', active: true, roles: [] };
    expect((await company.entra.send('PUT', `/Users/${id}`, record)).status).toBe(200);
    await company.entra.get('/Users?filter=externalId eq "oid-kept"');
    await company.entra.patch(`/Users/${id}`, { op: 'replace', path: 'roles', value: [other] });
    expect(await company.keysOf(id)).toEqual(['local']);
  });

  test('A27 a directory that writes the role owner gives nothing without a rule', async () => {
    const id = await create(company, 'sly', {
      roles: [{ value: 'owner' }, { value: await company.roleNamed('owner') }],
    });
    expect(await company.keysOf(id)).toEqual([]);
  });

  test('A27 granting takes roles:write, and owners are made with tenants:admin alone, by rules as well', async () => {
    const owner = await company.roleNamed('owner');
    const id = await company.newUser('climber');
    const as = askAs(hub, await hub.newKey(company.tenant.id, ['users:read', 'roles:write']));
    const reader = askAs(hub, await hub.newKey(company.tenant.id, ['users:read', 'users:write']));
    expect(await company.change('grantRole', id, owner, as)).toEqual(['NOT_ALLOWED']);
    expect(await company.change('grantRole', id, await company.roleNamed('admin'), reader)).toEqual(['NOT_ALLOWED']);
    const text = 'mutation ($r: ID!) { setRoleRules(rules: [{ appRole: "x", role: $r }]) { problems { code } } }';
    expect((await as(text, { r: owner })).data.setRoleRules.problems).toEqual([{ code: 'NOT_ALLOWED' }]);
    expect(await company.keysOf(id)).toEqual([]);
  });

  test('another company sees neither roles nor rules, and cannot be given them', async () => {
    const stranger = await newCompany(hub);
    const role = await company.newRole('private');
    const id = await stranger.newUser('theirs');
    expect(await stranger.change('grantRole', id, role)).toEqual(['NOT_FOUND']);
    expect((await stranger.ask('query ($id: ID!) { node(id: $id) { id } }', { id: role })).data.node).toBeNull();
    const { entra } = stranger;
    const group = await entra.group('Theirs');
    expect(await company.setRules({ group, role })).toEqual(['NOT_FOUND']);
  });
});

test("SE7 the manifest is what Entra takes, and its ids outlive a role's name", async () => {
  company = await newCompany(hub);
  const role = await company.newRole('S4Stakeholder');
  const read = async () => (await company.ask('{ appRolesManifest }')).data.appRolesManifest;
  const before = await read();
  const rename = 'mutation ($id: ID!) { updateRole(id: $id, name: "Renamed", description: "D") { problems { code } } }';
  expect((await company.ask(rename, { id: role })).data.updateRole.problems).toEqual([]);
  const after = await read();
  expect(after.map(({ id }: { id: string }) => id)).toEqual(before.map(({ id }: { id: string }) => id));
  expect(after).toContainEqual({
    allowedMemberTypes: ['User'],
    description: 'D',
    displayName: 'Renamed',
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
    isEnabled: true,
    value: 'S4Stakeholder',
  });
  expect(after.map((one: { value: string }) => one.value)).toEqual([
    'admin',
    'member',
    'owner',
    'S4Stakeholder',
    'stakeholder',
  ]);
});

test('the page about roles asks for nothing that the schema does not have', async () => {
  const page = await readFile(new URL('../../../docs/roles.md', import.meta.url), 'utf8');
  const schema = buildSchema(await readFile(new URL('../../../schema/rollcall.graphql', import.meta.url), 'utf8'));
  const queries = [...page.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, query]) => query!);
  expect(queries.length).toBeGreaterThan(2);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});

test('two directories: what one gives stays when the other lets go', async () => {
  company = await newCompany(hub);
  const second = await hub.newDirectory(company.tenant.id);
  const id = await create(company, 'both', { roles: [assigned] });
  await company.ask(
    `mutation ($u: ID!, $d: ID!) { linkUser(user: $u, directory: $d, externalId: "17") { problems { message } } }`,
    { u: id, d: second.id },
  );
  await scimClient(second).post('/Users', { userName: 'A-17', externalId: '17', active: true, roles: [other] });
  await company.setRules(STAKEHOLDER);
  expect((await company.person(id)).kind).toBe('STAKEHOLDER');
  expect((await company.entra.delete(`/Users/${id}`)).status).toBe(204);
  expect(await company.person(id)).toMatchObject({ kind: 'MEMBER', status: 'ACTIVE' });
});
