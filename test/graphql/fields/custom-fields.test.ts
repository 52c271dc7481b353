import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { scopes } from '../../../src/domain/actor.ts';
import { fillFields } from '../../../src/domain/fields/fill-fields.ts';
import { wireId } from '../../../src/domain/ids.ts';
import { type Hub, startHub, type Tenant, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type Ask, askAs } from '../ask.ts';

const HR = 'urn:contoso:params:scim:schemas:extension:hr:2.0:User';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let directory: TestDirectory;
let scim: ReturnType<typeof scimClient>;

beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  directory = await hub.newDirectory(tenant.id);
  scim = scimClient(directory);
});
afterAll(() => hub.stop());

const DEFINITION =
  'fieldDefinition { id key label type custom sensitive scimPath multiValued } problems { code message path }';

const create = async (input: object) =>
  (await ask(`mutation ($input: CreateFieldInput!) { createField(input: $input) { ${DEFINITION} } }`, { input })).data
    .createField;

const made = async (input: object) => {
  const { fieldDefinition, problems } = await create({ label: 'A field', type: 'STRING', ...input });
  expect(problems).toEqual([]);
  return fieldDefinition;
};

const change = async (id: string, input: object) =>
  (
    await ask(
      `mutation ($id: ID!, $input: UpdateFieldInput!) { updateField(id: $id, input: $input) { ${DEFINITION} } }`,
      {
        id,
        input,
      },
    )
  ).data.updateField;

const retire = async (id: string) =>
  (await ask(`mutation ($id: ID!) { retireField(id: $id) { ${DEFINITION} } }`, { id })).data.retireField;

const write = async (id: string, custom: object[]) =>
  (
    await ask(
      'mutation ($id: ID!, $custom: [FieldWrite!]) { updateUser(id: $id, input: { custom: $custom }) { user { version } problems { __typename code path message } } }',
      { id, custom },
    )
  ).data.updateUser;

const stateOf = async (id: string, key: string) => {
  const query = `query ($id: ID!, $keys: [String!]) { user(id: $id) { fields(keys: $keys) {
    definition { key label custom } value viewerCanEdit rule { sourceOfTruth }
    winner { value at actor requestId source { kind directory { id } } } shadowed { value source { kind } } } } }`;
  return (await ask(query, { id, keys: [key] })).data.user.fields[0];
};

const setRule = async (key: string, sourceOfTruth: string) => {
  const query = 'mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { problems { message } } }';
  const { data } = await ask(query, { rules: [{ key, sourceOfTruth }] });
  expect(data.setFieldRules.problems).toEqual([]);
};

describe('DY1 fields of a tenant stand beside those of the standard', () => {
  test('DY1 a field is made, and listed with the standard ones and their rules', async () => {
    const field = await made({ key: 'badge', label: 'Badge', scimPath: `${HR}:badge` });
    expect(field).toMatchObject({ key: 'badge', label: 'Badge', type: 'STRING', custom: true, sensitive: false });
    expect(field).toMatchObject({ scimPath: `${HR}:badge`, multiValued: false });
    const { data } = await ask('{ fieldDefinitions { key custom } fieldRules { field { key } sourceOfTruth } }');
    expect(data.fieldDefinitions.filter((one: { custom: boolean }) => one.custom)).toEqual([
      { key: 'badge', custom: true },
    ]);
    expect(data.fieldRules).toContainEqual({ field: { key: 'badge' }, sourceOfTruth: 'DIRECTORY' });
    const node = await ask('query ($id: ID!) { node(id: $id) { id ... on FieldDefinition { key } } }', {
      id: field.id,
    });
    expect(node.data.node).toEqual({ id: field.id, key: 'badge' });
  });

  test('DY1 a value that a directory writes counts, and is locked to people under the rule', async () => {
    await made({ key: 'badge', scimPath: `${HR}:badge` });
    const { status, body } = await scim.post('/Users', { userName: 'ada', [HR]: { badge: 'B-1' } });
    expect(status).toBe(201);
    expect(body[HR]).toEqual({ badge: 'B-1' });
    expect(body.schemas).toContain(HR);
    const id = String(body.id);
    const state = await stateOf(id, 'badge');
    expect(state).toMatchObject({ value: 'B-1', viewerCanEdit: false, rule: { sourceOfTruth: 'DIRECTORY' } });
    expect(state.winner.source).toEqual({ kind: 'DIRECTORY', directory: { id: directory.id } });
    const { problems } = await write(id, [{ key: 'badge', value: 'mine' }]);
    expect(problems).toMatchObject([{ __typename: 'FieldLockedProblem', code: 'FIELD_LOCKED', path: ['badge'] }]);
  });

  test('DY1 a person edits a field that is theirs, and the value of the directory becomes the shadow', async () => {
    await made({ key: 'badge', scimPath: `${HR}:badge`, sourceOfTruth: 'USER' });
    const { body } = await scim.post('/Users', { userName: 'ada', [HR]: { badge: 'B-1' } });
    const id = String(body.id);
    expect((await write(id, [{ key: 'badge', value: 'mine' }])).problems).toEqual([]);
    expect(await stateOf(id, 'badge')).toMatchObject({ value: 'mine', shadowed: [{ value: 'B-1' }] });
    expect((await scim.get(`/Users/${id}`)).body[HR]).toEqual({ badge: 'B-1' });
    const release = 'mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["badge"]) { problems { message } } }';
    expect((await ask(release, { id })).data.releaseUserFields.problems).toEqual([]);
    expect(await stateOf(id, 'badge')).toMatchObject({ value: 'B-1', shadowed: [] });
    await write(id, [{ key: 'badge', value: 'again' }]);
    await setRule('badge', 'DIRECTORY');
    expect(await stateOf(id, 'badge')).toMatchObject({ value: 'B-1', shadowed: [{ value: 'again' }] });
  });
});

describe('a field that cannot be', () => {
  test.each([
    ['title', 'NOT_UNIQUE'],
    ['userName', 'NOT_UNIQUE'],
    ['status', 'NOT_UNIQUE'],
    ['Badge', 'INVALID_INPUT'],
    ['a b', 'INVALID_INPUT'],
    ['__proto__', 'INVALID_INPUT'],
    ['constructor', 'INVALID_INPUT'],
  ])('DY1 the key %s is refused, named', async (key, code) => {
    expect(await create({ key, label: 'A', type: 'STRING' })).toMatchObject({
      fieldDefinition: null,
      problems: [{ code, path: ['key'] }],
    });
  });

  test.each([
    'title',
    'TITLE',
    'userName',
    'emails',
    'name',
    'groups',
    'meta',
    'password',
    'x509Certificates',
    'department',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
    'urn:ietf:params:scim:schemas:core:2.0:User:badge',
    'urn:ietf:params:scim:schemas:core:2.0:User:title',
    'emails[type eq "x"].value',
    'name.givenName',
    'a b',
    'urn:x:__proto__',
    'urn:x',
    'urn:x:hr:2.0:User',
    '',
  ])('DY1 the path %s is refused, named', async (scimPath) => {
    expect((await create({ key: 'badge', label: 'A', type: 'STRING', scimPath })).problems).toMatchObject([
      { code: 'INVALID_INPUT', path: ['scimPath'] },
    ]);
  });

  test('DY1 a key, a path and what is within a path are given once', async () => {
    await made({ key: 'badge', scimPath: 'urn:contoso:badge' });
    expect((await create({ key: 'badge', label: 'B', type: 'STRING' })).problems).toMatchObject([
      { code: 'NOT_UNIQUE' },
    ]);
    for (const scimPath of ['URN:Contoso:Badge', 'urn:contoso:badge:part']) {
      const { problems } = await create({ key: 'other', label: 'B', type: 'STRING', scimPath });
      expect(problems).toMatchObject([{ code: 'INVALID_INPUT', path: ['scimPath'] }]);
    }
  });

  test('DY1 it takes the scope rules:write, and another tenant has none of it', async () => {
    await made({ key: 'badge' });
    const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read', 'users:write']));
    const { data } = await reader(
      'mutation { createField(input: { key: "x", label: "X", type: STRING }) { problems { code } } }',
    );
    expect(data.createField.problems).toEqual([{ code: 'NOT_ALLOWED' }]);
    const other = askAs(hub, (await hub.newTenant()).key);
    const answer = await other('{ fieldDefinitions { custom } }');
    expect(answer.data.fieldDefinitions.some(({ custom }: { custom: boolean }) => custom)).toBe(false);
  });
});

describe('values are of the type of their field', () => {
  const person = async () => {
    const { data } = await ask('mutation { createUser(input: { userName: "hand" }) { user { id } } }');
    return data.createUser.user.id as string;
  };

  test.each([
    ['STRING', 'ümlaut', 7],
    ['BOOLEAN', true, 'true'],
    ['INTEGER', -42, 1.5],
    ['DATETIME', '2026-01-31T08:00:00Z', 'soon'],
    ['EMAIL', 'a@b.c', 'nobody'],
    ['PHONE', '+41 44 123 45 67', 'x'],
    ['URL', 'https://example.com/in/ada', 'linkedin'],
    ['LOCALE', 'de-CH', '!'],
    ['TIMEZONE', 'Europe/Berlin', 'Mars/Base'],
    ['REFERENCE', 'usr_1', true],
  ])('DY1 %s takes %j and not %j', async (type, right, wrong) => {
    await made({ key: 'own', type });
    const id = await person();
    expect((await write(id, [{ key: 'own', value: right }])).problems).toEqual([]);
    expect(await stateOf(id, 'own')).toMatchObject({ value: right, winner: { source: { kind: 'LOCAL' } } });
    expect((await write(id, [{ key: 'own', value: wrong }])).problems).toMatchObject([
      { code: 'INVALID_INPUT', path: ['own'] },
    ]);
    expect((await write(id, [{ key: 'own', value: null }])).problems).toEqual([]);
    expect((await stateOf(id, 'own')).value).toBeNull();
  });

  test('DY1 createUser takes them too, and lists show them in one object', async () => {
    await made({ key: 'own' });
    await made({ key: 'secret', sensitive: true });
    const query =
      'mutation { createUser(input: { userName: "n", custom: [{ key: "own", value: "v" }, { key: "secret", value: "s" }] }) { user { id custom } problems { message } } }';
    const { user, problems } = (await ask(query)).data.createUser;
    expect(problems).toEqual([]);
    expect(user.custom).toEqual({ own: 'v', secret: 's' });
    const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read', 'events:read']));
    const seen = await reader(
      '{ users { nodes { custom fields { definition { key } } } } events { nodes { changes { key } } } }',
    );
    expect(seen.data.users.nodes[0].custom).toEqual({ own: 'v' });
    expect(seen.text).not.toContain('secret');
    const filtered = await reader(
      '{ users(where: { field: { key: "secret", value: { eq: "s" } } }) { nodes { id } } }',
    );
    expect(filtered.errors).toBeDefined();
    const sorted = await reader('{ users(orderBy: [{ custom: "secret", direction: ASC }]) { nodes { id } } }');
    expect(sorted.errors).toBeDefined();
  });
});

describe('DY10 a field that no directory may write', () => {
  test('DY10 it is not in /Schemas, and what a directory sends by its name is kept and not taken', async () => {
    await made({ key: 'pronouns', label: 'Pronouns' });
    await made({ key: 'linkedIn', label: 'LinkedIn', type: 'URL' });
    const { body } = await scim.get('/Schemas');
    expect(JSON.stringify(body)).not.toMatch(/pronouns|linkedIn/);
    const sent = await scim.post('/Users', { userName: 'ada', pronouns: 'they/them' });
    expect(sent.status).toBe(201);
    expect(sent.body.pronouns).toBe('they/them');
    const id = String(sent.body.id);
    const state = await stateOf(id, 'pronouns');
    expect(state).toMatchObject({ value: null, viewerCanEdit: true, rule: { sourceOfTruth: 'USER' } });
    expect((await write(id, [{ key: 'pronouns', value: 'she/her' }])).problems).toEqual([]);
    expect((await stateOf(id, 'pronouns')).value).toBe('she/her');
    expect((await scim.get(`/Users/${id}`)).body.pronouns).toBe('they/them');
    expect((await scim.get('/Users?filter=pronouns%20eq%20%22x%22')).body.scimType).toBe('invalidFilter');
  });

  test('DY10 a preset leaves it to people', async () => {
    await made({ key: 'pronouns' });
    await made({ key: 'badge', scimPath: 'badge', sourceOfTruth: 'USER' });
    await ask('mutation { setFieldRules(preset: DIRECTORY_OWNS_ALL) { usersChanged } }');
    const { data } = await ask('{ fieldRules { field { key } sourceOfTruth } }');
    expect(data.fieldRules).toContainEqual({ field: { key: 'pronouns' }, sourceOfTruth: 'USER' });
    expect(data.fieldRules).toContainEqual({ field: { key: 'badge' }, sourceOfTruth: 'DIRECTORY' });
  });
});

describe('a mapped field is an attribute like others', () => {
  test('DY1 /Schemas lists it typed to that tenant, and to nobody else', async () => {
    await made({ key: 'badge', label: 'Badge', type: 'INTEGER', scimPath: `${HR}:badge` });
    await made({ key: 'floor', label: 'Floor', scimPath: 'floor' });
    await made({
      key: 'team2',
      label: 'Squad',
      scimPath: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:squad',
    });
    const badge = (await scim.get(`/Schemas/${HR}`)).body.attributes;
    expect(badge).toMatchObject([{ name: 'badge', type: 'integer', multiValued: false, mutability: 'readWrite' }]);
    const text = JSON.stringify((await scim.get('/Schemas')).body);
    expect(text).toContain('"floor"');
    expect(text).toContain('"squad"');
    expect(JSON.stringify((await scim.get('/ResourceTypes/User')).body)).toContain(HR);
    const openly = await (await fetch(`${directory.scim}/Schemas`)).text();
    expect(openly).not.toMatch(/"floor"|"squad"|contoso/);
    const other = scimClient(await hub.newDirectory());
    expect(JSON.stringify((await other.get('/Schemas')).body)).not.toMatch(/"floor"|"squad"|contoso/);
  });

  test.each([
    ['a path', (value: unknown) => ({ op: 'replace', path: `${HR}:badge`, value })],
    ['a path in another case', (value: unknown) => ({ op: 'Add', path: `${HR}:BADGE`, value })],
    ['its namespace as the path', (value: unknown) => ({ op: 'add', path: HR, value: { badge: value } })],
    ['no path', (value: unknown) => ({ op: 'replace', value: { [`${HR}:badge`]: value } })],
    ['no path, inside its namespace', (value: unknown) => ({ op: 'replace', value: { [HR]: { badge: value } } })],
  ])('DY1 it is patched by %s', async (_form, operation) => {
    await made({ key: 'badge', type: 'INTEGER', scimPath: `${HR}:badge` });
    const [id] = (await scim.people('ada')) as [string];
    const answer = await scim.patch(`/Users/${id}`, operation('42'));
    expect(answer.status).toBe(200);
    expect(answer.body[HR]).toEqual({ badge: 42 });
    expect((await stateOf(id, 'badge')).value).toBe(42);
    const wrong = await scim.patch(`/Users/${id}`, operation('abc'));
    expect(wrong).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(wrong.body.detail).toContain('badge');
    const cleared = await scim.patch(`/Users/${id}`, { op: 'remove', path: `${HR}:badge` });
    expect(cleared.body[HR]).toBeUndefined();
    expect((await stateOf(id, 'badge')).value).toBeNull();
  });

  test.each([
    ['BOOLEAN', 'True', true, 'perhaps'],
    ['INTEGER', '7', 7, '7.5'],
    ['DATETIME', '2026-01-31T08:00:00+01:00', '2026-01-31T08:00:00+01:00', 'soon'],
    ['REFERENCE', 'boss', 'boss', [1, 2]],
  ])('DY1 a directory writes %s as %j, which is %j, and not %j', async (type, sent, value, wrong) => {
    await made({ key: 'own', type, scimPath: 'own' });
    const answer = await scim.post('/Users', { userName: 'ada', own: sent });
    expect(answer.body.own).toBe(value);
    expect((await stateOf(String(answer.body.id), 'own')).value).toBe(value);
    const refused = await scim.post('/Users', { userName: 'bob', own: wrong });
    expect(refused).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
    expect(refused.body.detail).toContain('own');
  });

  test('DY1 it is filtered and sorted by, and left out on request', async () => {
    await made({ key: 'badge', type: 'INTEGER', scimPath: `${HR}:badge` });
    for (const [userName, badge] of [
      ['ada', 9],
      ['bob', 10],
      ['cyd', null],
    ] as const)
      await scim.post('/Users', { userName, ...(badge !== null && { [HR]: { badge } }) });
    const names = async (query: string) =>
      ((await scim.get(`/Users?${query}`)).body.Resources as unknown as { userName: string }[]).map(
        (one) => one.userName,
      );
    const by = (filter: string) => names(`filter=${encodeURIComponent(filter)}`);
    expect(await by(`${HR}:badge eq 9`)).toEqual(['ada']);
    expect(await by(`${HR}:badge gt 9`)).toEqual(['bob']);
    expect(await by(`not (${HR}:badge pr)`)).toEqual(['cyd']);
    expect(await names(`sortBy=${HR}:badge&sortOrder=descending`)).toEqual(['cyd', 'bob', 'ada']);
    expect(await names(`sortBy=${HR}:BADGE`)).toEqual(['ada', 'bob', 'cyd']);
    const shown = await scim.get(`/Users?excludedAttributes=${HR}:badge`);
    expect(JSON.stringify(shown.body)).not.toContain('badge');
    expect((await scim.get(`/Users?filter=${encodeURIComponent(`${HR}:badge co "9"`)}`)).body.scimType).toBe(
      'invalidFilter',
    );
  });
});

describe('people are listed by custom fields', () => {
  test('DY1 by text, number, moment and absence, in order and page by page', async () => {
    await made({ key: 'own' });
    await made({ key: 'size', type: 'INTEGER' });
    await made({ key: 'since', type: 'DATETIME' });
    const rows = [
      ['a', 'Blue', 9, '2026-01-01T00:30:00+01:00'],
      ['b', 'blueish', -10, '2026-01-01T00:00:00Z'],
      ['c', 'red', 100, null],
      ['d', null, null, null],
    ] as const;
    for (const [userName, ...values] of rows) {
      const custom = ['own', 'size', 'since'].flatMap((key, index) => ({ key, value: values[index] }));
      const { data } = await ask(
        'mutation ($n: String!, $c: [FieldWrite!]) { createUser(input: { userName: $n, custom: $c }) { problems { message } } }',
        { n: userName, c: custom },
      );
      expect(data.createUser.problems).toEqual([]);
    }
    const names = async (args: string) => {
      const { data, errors } = await ask(`{ users(${args}) { totalCount nodes { userName } } }`);
      expect(errors).toBeUndefined();
      return data.users.nodes.map(({ userName }: { userName: string }) => userName).join('');
    };
    const where = (key: string, value: string, more = '') =>
      names(`where: { field: { key: "${key}", value: { ${value} } ${more} } }`);
    expect(await where('own', 'eq: "BLUE"')).toBe('a');
    expect(await where('own', 'startsWith: "blue"')).toBe('ab');
    expect(await where('own', 'contains: "E"')).toBe('abc');
    expect(await where('own', 'in: ["RED", "blue"]')).toBe('ac');
    expect(await where('own', 'isNull: true')).toBe('d');
    expect(await where('size', 'eq: "9"')).toBe('a');
    expect(await where('size', '', 'min: "-10", max: "9"')).toBe('ab');
    expect(await where('since', 'eq: "2025-12-31T23:30:00Z"')).toBe('a');
    expect(await names('where: { not: { field: { key: "own", value: { eq: "red" } } } }')).toBe('abd');
    expect(await names('orderBy: [{ custom: "size", direction: ASC }]')).toBe('bacd');
    expect(await names('orderBy: [{ custom: "size", direction: DESC }]')).toBe('cabd');
    let after: string | null = null;
    let walked = '';
    do {
      const {
        data,
      }: { data: { users: { nodes: { userName: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } } =
        await ask(
          'query ($after: String) { users(first: 1, after: $after, orderBy: [{ custom: "since", direction: DESC }]) { nodes { userName } pageInfo { endCursor hasNextPage } } }',
          { after },
        );
      walked += data.users.nodes[0]!.userName;
      after = data.users.pageInfo.hasNextPage ? data.users.pageInfo.endCursor : null;
    } while (after);
    expect(walked).toBe('badc');
    expect(
      (await ask('{ users(where: { field: { key: "size", value: { eq: "x" } } }) { nodes { id } } }')).errors,
    ).toBeDefined();
    expect(
      (await ask('{ users(orderBy: [{ custom: "none", direction: ASC }]) { nodes { id } } }')).errors,
    ).toBeDefined();
  });
});

describe('DY16 what was sent before it was mapped', () => {
  const eventsOf = async (id: string) =>
    (
      await ask(
        'query ($id: ID!) { user(id: $id) { version history { nodes { name actor changes { key from to shadow } } } } }',
        { id },
      )
    ).data.user;

  test('DY16 values appear with no resync, each with an event, and say which directory gave them', async () => {
    const sent = await scim.post('/Users', { userName: 'ada', [HR]: { Badge: '42', other: 'o' } });
    const unfit = await scim.post('/Users', { userName: 'bob', [HR]: { Badge: 'none' } });
    const [id, bob] = [String(sent.body.id), String(unfit.body.id)];
    const [cyd] = (await scim.people('cyd')) as [string];
    await made({ key: 'badge', type: 'INTEGER', scimPath: `${HR}:badge` });
    const state = await stateOf(id, 'badge');
    expect(state).toMatchObject({ value: 42, viewerCanEdit: false });
    expect(state.winner).toMatchObject({ value: 42, actor: directory.id, source: { directory: { id: directory.id } } });
    const { version, history } = await eventsOf(id);
    expect(version).toBe(2);
    expect(history.nodes[0]).toMatchObject({
      name: 'user.updated',
      changes: [{ key: 'badge', from: null, to: 42, shadow: false }],
    });
    expect((await eventsOf(cyd)).version).toBe(1);
    expect((await stateOf(bob, 'badge')).value).toBeNull();
    expect((await scim.get(`/Users/${id}`)).body[HR]).toEqual({ Badge: '42', other: 'o' });
    const patched = await scim.patch(`/Users/${id}`, { op: 'replace', path: `${HR}:badge`, value: 43 });
    expect(patched.body[HR]).toEqual({ Badge: 43, other: 'o' });
    expect((await stateOf(id, 'badge')).value).toBe(43);
    const found = await ask('{ users(where: { field: { key: "badge", value: { eq: "43" } } }) { nodes { id } } }');
    expect(found.data.users.nodes).toEqual([{ id }]);
  });

  test('DY16 another path, no path and another type compute the values anew', async () => {
    const sent = await scim.post('/Users', { userName: 'ada', floor: '3', room: 'R3' });
    const id = String(sent.body.id);
    const field = await made({ key: 'place', scimPath: 'floor' });
    expect((await stateOf(id, 'place')).value).toBe('3');
    const moved = await change(field.id, { scimPath: 'room', label: 'Place' });
    expect(moved).toMatchObject({ problems: [], fieldDefinition: { scimPath: 'room', label: 'Place' } });
    expect((await stateOf(id, 'place')).value).toBe('R3');
    await change(field.id, { scimPath: 'floor', type: 'INTEGER' });
    expect((await stateOf(id, 'place')).value).toBe(3);
    await change(field.id, { scimPath: null });
    expect(await stateOf(id, 'place')).toMatchObject({ value: null, winner: null, viewerCanEdit: true });
    expect((await scim.get(`/Users/${id}`)).body).toMatchObject({ floor: '3', room: 'R3' });
    expect((await write(id, [{ key: 'place', value: 8 }])).problems).toEqual([]);
    await change(field.id, { type: 'STRING' });
    expect((await stateOf(id, 'place')).value).toBe('8');
    const { data } = await ask(
      '{ events(names: ["field.created", "field.updated"]) { nodes { name subjectId changes { key to } } } }',
    );
    expect(data.events.nodes).toHaveLength(5);
    expect(data.events.nodes[1]).toMatchObject({ subjectId: field.id });
    expect(data.events.nodes[1].changes).toContainEqual({ key: 'scimPath', to: 'room' });
  });

  test('DY16 a retired field is neither shown nor written, and comes back with what was kept', async () => {
    const field = await made({ key: 'badge', scimPath: 'badge' });
    const { body } = await scim.post('/Users', { userName: 'ada', badge: 'B' });
    const id = String(body.id);
    const { problems } = await retire(field.id);
    expect(problems).toEqual([]);
    const { data } = await ask('query ($id: ID!) { fieldDefinitions { key } user(id: $id) { custom } }', { id });
    expect(data.user.custom).toEqual({});
    expect(data.fieldDefinitions).not.toContainEqual({ key: 'badge' });
    expect((await write(id, [{ key: 'badge', value: 'x' }])).problems).toMatchObject([{ code: 'NOT_FOUND' }]);
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'badge', value: 'C' });
    expect(JSON.stringify((await scim.get('/Schemas')).body)).not.toContain('"badge"');
    expect((await retire(field.id)).problems).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    const again = await made({ key: 'badge', scimPath: 'badge' });
    expect(again.id).toBe(field.id);
    expect((await stateOf(id, 'badge')).value).toBe('C');
  });

  test('DY16 a standard field can be neither changed nor retired', async () => {
    expect((await retire('fld_title')).problems).toMatchObject([{ code: 'INVALID_INPUT', path: ['id'] }]);
    expect((await change('fld_junk', { label: 'x' })).problems).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
  });
});

describe('DY16 what directories send and no field takes', () => {
  const unmapped = async (by = ask) => {
    const query = '{ directories { unmappedAttributes { examined isWhole attributes { path people type samples } } } }';
    return (await by(query)).data.directories.map((one: { unmappedAttributes: object }) => one.unmappedAttributes);
  };

  test('DY16 it is listed by path, with how many people have it, what it may be and samples', async () => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    await scim.post('/Users', {
      userName: 'ada',
      title: 'T',
      emails: [{ type: 'work', value: 'a@b.c' }],
      floor: '3',
      [enterprise]: { department: 'D', squad: 'S' },
      [HR]: { badge: 'B-1', since: '2026-01-31T08:00:00Z', parts: { a: 1 } },
    });
    await scim.post('/Users', { userName: 'bob', floor: 4, [HR]: { badge: 'B-2', remote: 'True' } });
    const [found] = await unmapped();
    expect(found).toMatchObject({ examined: 2, isWhole: true });
    expect(found.attributes).toEqual([
      { path: 'floor', people: 2, type: 'INTEGER', samples: expect.arrayContaining(['3', '4']) },
      { path: `${HR}:badge`, people: 2, type: 'STRING', samples: expect.arrayContaining(['B-1', 'B-2']) },
      { path: `${HR}:parts`, people: 1, type: null, samples: ['{"a": 1}'] },
      { path: `${HR}:remote`, people: 1, type: 'BOOLEAN', samples: ['True'] },
      { path: `${HR}:since`, people: 1, type: 'DATETIME', samples: ['2026-01-31T08:00:00Z'] },
      { path: `${enterprise}:squad`, people: 1, type: 'STRING', samples: ['S'] },
    ]);
    await made({ key: 'badge', scimPath: `${HR}:badge` });
    const [left] = await unmapped();
    expect(left.attributes.map(({ path }: { path: string }) => path)).not.toContain(`${HR}:badge`);
    const reader = askAs(hub, await hub.newKey(tenant.id, ['directories:read']));
    const [hidden] = await unmapped(reader);
    expect(hidden.attributes[0]).toMatchObject({ path: 'floor', people: 2, samples: null });
  });

  test('DY16 each directory has its own list, and none of another tenant', async () => {
    const other = scimClient(await hub.newDirectory(tenant.id));
    const stranger = scimClient(await hub.newDirectory());
    await scim.post('/Users', { userName: 'ada', floor: '3' });
    await other.post('/Users', { userName: 'bob', room: '4' });
    await stranger.post('/Users', { userName: 'cyd', desk: '5' });
    const lists = (await unmapped()).map(({ attributes }: { attributes: { path: string }[] }) =>
      attributes.map(({ path }) => path),
    );
    expect(lists).toEqual([['floor'], ['room']]);
  });
});

describe('what must hold whatever happens', () => {
  test('DY1 any text of a directory is read back as it was sent, and is the value', async () => {
    await made({ key: 'badge', scimPath: `${HR}:badge` });
    const [id] = (await scim.people('ada')) as [string];
    const texts = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => !text.includes('\u0000') && text.isWellFormed());
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const { body } = await scim.patch(`/Users/${id}`, { op: 'replace', path: `${HR}:badge`, value: text });
        expect(body[HR]).toEqual({ badge: text });
        expect((await stateOf(id, 'badge')).value).toBe(text);
      }),
      { numRuns: 40 },
    );
  });

  test('DY16 a fill that a crash cut short is finished at the next start', async () => {
    const ids = await Promise.all(
      ['a', 'b', 'c'].map(async (userName) => (await scim.post('/Users', { userName, badge: userName })).body.id),
    );
    await made({ key: 'badge', scimPath: 'badge' });
    const { database, hub: running } = hub.running;
    await database.session(tenant.id, async (session) => {
      const ask = (text: string) => session.ask({ text, values: [] });
      await ask(`update custom_fields set pending = true`);
      await ask(`update user_sources set asserted = asserted - 'badge' where user_name <> 'a'`);
      await ask(`update users set custom = null where user_name <> 'a'`);
      await ask(`delete from custom_values`);
    });
    const actor = {
      kind: 'system' as const,
      tenantId: tenant.id,
      id: wireId('tnt', tenant.id),
      label: 'the hub',
      scopes: new Set(scopes),
      directoryId: null,
    };
    const call = { actor, requestId: 'start' };
    expect(await fillFields(running, call)).toBe(2);
    expect(await fillFields(running, call)).toBe(0);
    for (const [index, id] of ids.entries()) expect((await stateOf(String(id), 'badge')).value).toBe('abc'[index]);
    const { data } = await ask(
      '{ users(where: { field: { key: "badge", value: { isNull: false } } }) { totalCount } }',
    );
    expect(data.users.totalCount).toBe(3);
  });

  test('DY1 a write that was computed without the field is computed again with it', async () => {
    const [id] = (await scim.people('ada')) as [string];
    const sent = Array.from({ length: 12 }, (_, index) =>
      scim.patch(`/Users/${id}`, { op: 'replace', path: 'badge', value: `B-${index}` }),
    );
    await Promise.all([made({ key: 'badge', scimPath: 'badge' }), ...sent]);
    const { body } = await scim.get(`/Users/${id}`);
    expect((await stateOf(id, 'badge')).value).toBe(body.badge);
  });

  test('DY1 what a sensitive field holds is in neither the log of requests nor what others see of events', async () => {
    const field = await made({ key: 'ssn', scimPath: `${HR}:ssn`, sensitive: true });
    const sent = await scim.post('/Users', { userName: 'ada', [HR]: { ssn: '756-canary', other: 'o' } });
    const id = String(sent.body.id);
    await scim.get(`/Users?filter=${encodeURIComponent(`${HR}:ssn eq "756-canary"`)}`);
    await scim.patch(`/Users/${id}`, { op: 'replace', path: `${HR}:other`, value: 'p' });
    await retire(field.id);
    await scim.patch(`/Users/${id}`, { op: 'replace', path: `${HR}:other`, value: 'q' });
    const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read', 'events:read', 'directories:read']));
    const events = await reader('{ events { nodes { name changes { key from to } } } }');
    expect(events.errors).toBeUndefined();
    expect(events.text).toContain('"q"');
    expect(events.text).not.toContain('canary');
    await expect
      .poll(async () => {
        const rows = await hub.running.database.session(tenant.id, (session) =>
          session.ask({ text: 'select path, request_body, response_body from scim_requests', values: [] }),
        );
        return rows.length >= 4 ? JSON.stringify(rows).includes('canary') : null;
      })
      .toBe(false);
  });
});
