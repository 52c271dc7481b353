import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { scopes } from '../../../src/domain/actor.ts';
import { userFieldKeys } from '../../../src/fields/user.fields.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';
import { newProvisioning, type Provisioning } from '../provision.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;
let entra: Provisioning;

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

/** A person whose directory and who themselves say otherwise. */
async function newAda(): Promise<string> {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  entra = await newProvisioning(hub, tenant.id);
  const id = await entra.user({
    userName: 'ada',
    values: { title: 'Engineer', displayName: 'Ada L.', phone: '+49 30 1' },
  });
  await ask('mutation { setFieldRules(preset: USER_OWNS_ALL) { usersChanged } }');
  await ask(
    'mutation ($id: ID!) { updateUser(id: $id, input: { title: "Poet", displayName: "Ada" }) { problems { code } } }',
    { id },
  );
  return id;
}

const IMPACT = `token usersExamined usersChanged valuesChanged sample { user { id userName } key from to } clashes { code }`;
const preview = (query: string) => ask(`{ previewFieldRules(${query}) { ${IMPACT} } }`);
const apply = async (token: string) => {
  const query = `mutation ($token: ID!) { applyFieldRules(token: $token) {
    usersChanged fieldRules { field { key } sourceOfTruth } problems { __typename code message path } } }`;
  return (await ask(query, { token })).data.applyFieldRules;
};

test('DY9 a preset is shown with its exceptions before it is applied, and applied as it was shown', async () => {
  const id = await newAda();
  const { data } = await preview('preset: DIRECTORY_OWNS_ALL, rules: [{ key: "displayName", sourceOfTruth: LATEST }]');
  const { token, ...shown } = data.previewFieldRules;
  expect(shown).toEqual({
    usersExamined: 1,
    usersChanged: 1,
    valuesChanged: 1,
    sample: [{ user: { id, userName: 'ada' }, key: 'title', from: 'Poet', to: 'Engineer' }],
    clashes: [],
  });
  expect((await ask(`{ user(id: "${id}") { title } }`)).data.user.title).toBe('Poet');

  const applied = await apply(token);
  expect(applied.problems).toEqual([]);
  expect(applied.usersChanged).toBe(1);
  const truths = Object.fromEntries(
    applied.fieldRules.map((rule: { field: { key: string }; sourceOfTruth: string }) => [
      rule.field.key,
      rule.sourceOfTruth,
    ]),
  );
  expect(truths).toEqual({
    ...Object.fromEntries(userFieldKeys.map((key) => [key, 'DIRECTORY'])),
    displayName: 'LATEST',
  });
  expect((await ask(`{ user(id: "${id}") { title displayName } }`)).data.user).toEqual({
    title: 'Engineer',
    displayName: 'Ada',
  });

  const { fieldRulesProgress } = (await ask('{ fieldRulesProgress { total done usersChanged finishedAt } }')).data;
  expect(fieldRulesProgress).toMatchObject({ total: 1, done: 1, usersChanged: 1, finishedAt: expect.any(String) });
});

test('DY9 a preview that is stale is a problem of the token, and leaves a refusal in the log', async () => {
  const id = await newAda();
  const { token } = (await preview('preset: HYBRID')).data.previewFieldRules;
  await entra.change(id, { values: { title: 'Countess' } });
  const { usersChanged, problems } = await apply(token);
  expect(usersChanged).toBe(0);
  expect(problems).toMatchObject([{ __typename: 'InputProblem', code: 'STALE_PREVIEW', path: ['token'] }]);
  expect((await ask(`{ user(id: "${id}") { title } }`)).data.user.title).toBe('Poet');
  await vi.waitFor(async () => {
    const { data } = await ask('{ events(first: 100, names: ["request.refused"]) { nodes { changes { key to } } } }');
    expect(data.events.nodes.at(-1).changes).toContainEqual({ key: 'code', to: 'STALE_PREVIEW' });
  }, 10_000);
});

test('a preview of wrong input says which argument is wrong', async () => {
  await newAda();
  for (const [query, code, argument] of [
    ['rules: []', 'REQUIRED', ['rules']],
    ['rules: [{ key: "nope", sourceOfTruth: USER }]', 'INVALID_INPUT', ['rules', 'nope']],
    [
      'rules: [{ key: "title", sourceOfTruth: USER, directories: ["dir_x"] }]',
      'NOT_FOUND',
      ['rules', 'title', 'directories'],
    ],
  ] as const) {
    const { errors } = await preview(query);
    expect(errors![0]!.extensions).toMatchObject({ code, argument });
  }
  expect(await apply('anything')).toMatchObject({
    usersChanged: 0,
    problems: [{ code: 'INVALID_INPUT', path: ['token'] }],
  });
});

test('who may change rules without reading people sees the numbers of a preview, not its values', async () => {
  await newAda();
  const rulesOnly = askAs(hub, await hub.newKey(tenant.id, ['rules:write']));
  const query = (fields: string) => `{ previewFieldRules(preset: DIRECTORY_OWNS_ALL) { ${fields} } }`;
  expect((await rulesOnly(query('valuesChanged'))).data.previewFieldRules).toEqual({ valuesChanged: 2 });
  expect((await rulesOnly(query('sample { key to }'))).errors![0]!.extensions.code).toBe('NOT_ALLOWED');
  const readsOnly = askAs(
    hub,
    await hub.newKey(
      tenant.id,
      scopes.filter((scope) => scope !== 'rules:write'),
    ),
  );
  expect((await readsOnly(query('valuesChanged'))).errors![0]!.extensions.code).toBe('NOT_ALLOWED');
});
