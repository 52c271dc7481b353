import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { userFieldKeys, userFields } from '../../../src/fields/user.fields.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';
import { newProvisioning, type Provisioning } from '../provision.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let entra: Provisioning;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  entra = await newProvisioning(hub, tenant.id);
});
afterAll(() => hub.stop());

const PROBLEMS = `problems { __typename code message path
  ... on FieldLockedProblem { field { key label } rule { sourceOfTruth } source { kind directory { id } } }
  ... on VersionConflictProblem { currentVersion } }`;

const update = async (id: string, input: object, ifVersion?: number) => {
  const query = `mutation ($id: ID!, $input: UpdateUserInput!, $v: Int) {
    updateUser(id: $id, input: $input, ifVersion: $v) { user { id version userName displayName title department } ${PROBLEMS} } }`;
  return (await ask(query, { id, input, v: ifVersion })).data.updateUser;
};

const stateOf = async (id: string, key: string) => {
  const query = `query ($id: ID!, $keys: [String!]) { user(id: $id) { fields(keys: $keys) {
    definition { key } value viewerCanEdit rule { sourceOfTruth }
    winner { value actor requestId source { kind directory { id } } } shadowed { value source { kind } } } } }`;
  return (await ask(query, { id, keys: [key] })).data.user.fields[0];
};

const setRule = async (key: string, sourceOfTruth: string, more: object = {}) => {
  const query =
    'mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { usersChanged problems { code message } } }';
  const { data } = await ask(query, { rules: [{ key, sourceOfTruth, ...more }] });
  expect(data.setFieldRules.problems).toEqual([]);
  return data.setFieldRules.usersChanged as number;
};

describe('people made by hand', () => {
  test('absent stays, null clears, and the version grows by one', async () => {
    const made = await ask(
      'mutation { createUser(input: { userName: "hand", displayName: "H", title: "T" }) { user { id version } } }',
    );
    const { id, version } = made.data.createUser.user;
    expect(version).toBe(1);
    const { user, problems } = await update(id, { title: null, department: 'D' }, 1);
    expect(problems).toEqual([]);
    expect(user).toMatchObject({ version: 2, displayName: 'H', title: null, department: 'D' });
    const conflict = await update(id, { title: 'x' }, 1);
    expect(conflict.user).toBeNull();
    expect(conflict.problems).toMatchObject([
      { __typename: 'VersionConflictProblem', currentVersion: 2, path: ['ifVersion'] },
    ]);
  });

  test('every problem of an input is told at once, and nothing is written', async () => {
    const input = { userName: '', email: 'no', timezone: 'Mars', custom: [{ key: 'nope', value: 1 }] };
    const query = `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } ${PROBLEMS} } }`;
    const { data } = await ask(query, { input });
    expect(data.createUser.user).toBeNull();
    expect(
      data.createUser.problems.map((problem: { code: string; path: string[] }) => [problem.code, ...problem.path]),
    ).toEqual([
      ['REQUIRED', 'userName'],
      ['INVALID_INPUT', 'timezone'],
      ['INVALID_INPUT', 'email'],
      ['NOT_FOUND', 'nope'],
    ]);
  });

  test('a userName is unique whatever its case, and free again after deletion', async () => {
    const create = (userName: string) =>
      ask(`mutation ($u: String!) { createUser(input: { userName: $u }) { user { id } ${PROBLEMS} } }`, {
        u: userName,
      });
    const first = (await create('Unique')).data.createUser.user.id;
    expect((await create('uNIQUE')).data.createUser.problems).toMatchObject([
      { code: 'NOT_UNIQUE', path: ['userName'] },
    ]);
    const gone = await ask('mutation ($id: ID!) { deleteUser(id: $id) { deletedId problems { code } } }', {
      id: first,
    });
    expect(gone.data.deleteUser).toEqual({ deletedId: first, problems: [] });
    expect((await create('unique')).data.createUser.problems).toEqual([]);
    expect((await ask('query ($id: ID!) { user(id: $id) { status } }', { id: first })).data.user).toEqual({
      status: 'DELETED',
    });
  });

  test('a standard field can be written by its key as well, but not twice', async () => {
    const made = await ask(
      'mutation { createUser(input: { userName: "keyed", custom: [{ key: "title", value: "T" }] }) { user { id title } } }',
    );
    expect(made.data.createUser.user.title).toBe('T');
    const twice = await update(made.data.createUser.user.id, { title: 'a', custom: [{ key: 'title', value: 'b' }] });
    expect(twice.problems).toMatchObject([{ code: 'INVALID_INPUT', path: ['custom', 'title'] }]);
  });

  test('DY6 odd spaces and umlauts come back byte for byte', async () => {
    const name = '  Zoë\u00a0 Ångström\u0308 \u202e ';
    const id = await entra.user({ userName: 'dy6', values: { displayName: name } });
    const { data } = await ask('query ($id: ID!) { user(id: $id) { displayName } }', { id });
    expect(data.user.displayName).toBe(name);
  });

  test('A62 an id of the wrong kind names no user', async () => {
    const { data } = await ask('mutation { createTeam(name: "wrong") { team { id } } }');
    const { problems } = await update(data.createTeam.team.id, { title: 'x' });
    expect(problems).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
  });
});

describe('people of a directory', () => {
  const written = userFieldKeys.filter((key) => userFields[key].type === 'STRING');

  test('DY2 every field that the directory feeds is locked, and the form knows beforehand', async () => {
    const values = Object.fromEntries(written.map((key) => [key, `${key} of Entra`]));
    const id = await entra.user({ userName: 'dy2', values });
    for (const key of written) {
      const { user, problems } = await update(id, { [key]: 'mine' });
      expect(user).toBeNull();
      expect(problems).toMatchObject([
        {
          __typename: 'FieldLockedProblem',
          code: 'FIELD_LOCKED',
          path: [key],
          field: { key, label: userFields[key].label },
          rule: { sourceOfTruth: 'DIRECTORY' },
          source: { kind: 'DIRECTORY', directory: { id: entra.id } },
        },
      ]);
      expect((await stateOf(id, key)).viewerCanEdit).toBe(false);
    }
    expect((await update(id, { nickName: 'mine' })).problems).toMatchObject([{ code: 'FIELD_LOCKED' }]);
  });

  test('a field that the directory says nothing of can be edited', async () => {
    const id = await entra.user({ userName: 'unfed', values: { title: 'T' } });
    expect((await stateOf(id, 'department')).viewerCanEdit).toBe(true);
    expect((await update(id, { department: 'mine' })).user.department).toBe('mine');
  });

  test('the userName belongs to the directory', async () => {
    const id = await entra.user({ userName: 'owned' });
    const { problems } = await update(id, { userName: 'mine' });
    expect(problems).toMatchObject([{ __typename: 'InputProblem', code: 'FIELD_LOCKED', path: ['userName'] }]);
  });

  test('S20 a deactivated person is locked and can be deleted', async () => {
    const id = await entra.user({ userName: 's20', values: { title: 'T' } });
    await entra.change(id, { active: false });
    const query =
      'query ($id: ID!) { user(id: $id) { status lock { reason since deletable } links { externalId directory { id } } } }';
    const { data } = await ask(query, { id });
    expect(data.user.lock).toMatchObject({ reason: 'DIRECTORY_DEACTIVATED', deletable: true });
    expect(data.user.links).toMatchObject([{ directory: { id: entra.id } }]);
    expect((await update(id, { department: 'x' })).problems).toMatchObject([{ code: 'USER_LOCKED', path: ['id'] }]);
    expect((await stateOf(id, 'department')).viewerCanEdit).toBe(false);
    const gone = await ask('mutation ($id: ID!) { deleteUser(id: $id) { deletedId problems { code } } }', { id });
    expect(gone.data.deleteUser.problems).toEqual([]);
  });

  test('DY4 whoever may not edit a field is told so', async () => {
    await setRule('costCenter', 'USER', { editableBy: ['SELF', 'MANAGER'] });
    const id = await entra.user({ userName: 'dy4' });
    expect((await update(id, { custom: [{ key: 'costCenter', value: 'x' }] })).problems).toMatchObject([
      { code: 'NOT_ALLOWED', path: ['costCenter'] },
    ]);
    expect((await stateOf(id, 'costCenter')).viewerCanEdit).toBe(false);
    await setRule('costCenter', 'USER', { editableBy: ['ADMIN'] });
    expect((await update(id, { costCenter: 'x' })).problems).toEqual([]);
    expect((await stateOf(id, 'costCenter')).viewerCanEdit).toBe(true);
  });

  test('DY7 an edit wins from then on, the directory goes to the shadow, and a release gives the field back', async () => {
    await setRule('title', 'USER');
    const id = await entra.user({ userName: 'dy7', values: { title: 'Entra 1' } });
    expect((await update(id, { title: 'mine' })).user.title).toBe('mine');
    await entra.change(id, { values: { title: 'Entra 2' } });
    const state = await stateOf(id, 'title');
    expect(state).toMatchObject({
      value: 'mine',
      viewerCanEdit: true,
      rule: { sourceOfTruth: 'USER' },
      winner: { value: 'mine', source: { kind: 'LOCAL', directory: null } },
      shadowed: [{ value: 'Entra 2', source: { kind: 'DIRECTORY' } }],
    });
    const query =
      'mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["title"]) { user { title } problems { code } } }';
    expect((await ask(query, { id })).data.releaseUserFields).toEqual({ user: { title: 'Entra 2' }, problems: [] });
    const after = await stateOf(id, 'title');
    expect(after.winner).toMatchObject({
      value: 'Entra 2',
      requestId: 'provisioning',
      source: { directory: { id: entra.id } },
    });
    expect(after.shadowed).toEqual([]);
    await setRule('title', 'DIRECTORY');
  });

  test('a rule change is computed anew for everybody whom it concerns, and told in the log', async () => {
    await setRule('department', 'USER');
    const ids = [];
    for (let index = 0; index < 3; index++) {
      const id = await entra.user({ userName: `rule${index}`, values: { department: 'Entra' } });
      await update(id, { department: 'mine' });
      ids.push(id);
    }
    expect(await setRule('department', 'DIRECTORY')).toBe(3);
    const query =
      'query ($id: ID!) { user(id: $id) { version department history(first: 1) { nodes { name changes { key from to } } } } }';
    const { data } = await ask(query, { id: ids[0] });
    expect(data.user).toEqual({
      version: 3,
      department: 'Entra',
      history: { nodes: [{ name: 'user.updated', changes: [{ key: 'department', from: 'mine', to: 'Entra' }] }] },
    });
    expect(await setRule('department', 'DIRECTORY')).toBe(0);
  });

  test('rules of fields and directories that are not there are refused with every problem', async () => {
    const query =
      'mutation { setFieldRules(rules: [{ key: "nope", sourceOfTruth: USER }, { key: "title", sourceOfTruth: USER, directories: ["dir_x"] }]) { usersChanged fieldRules { version } problems { code path } } }';
    const { data } = await ask(query);
    expect(data.setFieldRules.problems).toEqual([
      { code: 'INVALID_INPUT', path: ['rules', 'nope'] },
      { code: 'NOT_FOUND', path: ['rules', 'title', 'directories'] },
    ]);
    expect(data.setFieldRules.fieldRules).toHaveLength(userFieldKeys.length);
  });
});

describe('what is read of a person', () => {
  test('the manager is found by id, by externalId and by userName, and is null until they arrive', async () => {
    const boss = await entra.user({ userName: 'The.Boss', externalId: 'boss-1' });
    const ids = [];
    for (const [index, manager] of [boss, 'boss-1', 'THE.boss', 'nobody', 'late'].entries()) {
      ids.push(await entra.user({ userName: `report${index}`, values: { manager } }));
    }
    const managers = async () => {
      const { data } = await ask(
        'query { users(first: 100, where: { userName: { startsWith: "report" } }) { nodes { manager { id userName } } } }',
      );
      return data.users.nodes.map((node: { manager: { id: string } | null }) => node.manager?.id ?? null);
    };
    expect(await managers()).toEqual([boss, boss, boss, null, null]);
    const late = await entra.user({ userName: 'Late' });
    expect(await managers()).toEqual([boss, boss, boss, null, late]);
  });

  test('e-mails and phone numbers are listed from every field that holds one', async () => {
    const values = {
      email: 'w@x.example',
      homeEmail: 'h@x.example',
      moreEmails: [{ value: 'm@x.example', type: 'side', primary: true }, 'junk'],
      phone: '+49 1',
      fax: '+49 2',
    };
    const id = await entra.user({ userName: 'contacts', values });
    const { data } = await ask(
      'query ($id: ID!) { user(id: $id) { emails { value type primary } phone { value type } fax { value } workPhone { value } phoneNumbers { value type } } }',
      { id },
    );
    expect(data.user).toEqual({
      emails: [
        { value: 'w@x.example', type: 'work', primary: false },
        { value: 'h@x.example', type: 'home', primary: false },
        { value: 'm@x.example', type: 'side', primary: true },
      ],
      phone: { value: '+49 1', type: 'mobile' },
      fax: { value: '+49 2' },
      workPhone: null,
      phoneNumbers: [
        { value: '+49 1', type: 'mobile' },
        { value: '+49 2', type: 'fax' },
      ],
    });
  });

  test('one person is found by each of their names, and by exactly one at a time', async () => {
    const id = await entra.user({ userName: 'Found', externalId: 'found-1', values: { email: 'Found@x.example' } });
    const by = async (args: string) => (await ask(`{ userBy(${args}) { id } }`)).data?.userBy?.id ?? null;
    expect(await by('userName: "FOUND"')).toBe(id);
    expect(await by('email: "fOUND@X.example"')).toBe(id);
    expect(await by(`externalId: "found-1", directory: "${entra.id}"`)).toBe(id);
    expect(await by(`externalId: "FOUND-1", directory: "${entra.id}"`)).toBeNull();
    for (const args of [
      'userName: "a", email: "b"',
      'externalId: "a"',
      'userName: "a", directory: "b"',
      'email: null',
    ]) {
      const { errors } = await ask(`{ userBy(${args}) { id } }`);
      expect(errors![0]!.extensions.code).toMatch(/INVALID_INPUT|REQUIRED/);
    }
  });

  test('fields that are not there are refused by name', async () => {
    const id = await entra.user({ userName: 'nofield' });
    const { errors } = await ask('query ($id: ID!) { user(id: $id) { fields(keys: ["__proto__"]) { value } } }', {
      id,
    });
    expect(errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT', argument: ['keys'] });
  });
});
