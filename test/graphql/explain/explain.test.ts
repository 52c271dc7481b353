import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';
import { newProvisioning, type Provisioning } from '../provision.ts';
import { statementsOf } from '../statements.ts';

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

const QUERY = 'query ($id: ID!, $key: String!) { user(id: $id) { explainField(key: $key) { held steps missing } } }';

/** Times and keys are of the run. */
const plain = (sentences: string[]) =>
  sentences.map((one) =>
    one
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, 'THEN')
      .replace(/key_\w+/, 'KEY')
      .replace(/request [\w-]+/, 'request R'),
  );

test('explainField tells the story of a field to who asks', async () => {
  await ask('mutation { setFieldRules(rules: [{ key: "title", sourceOfTruth: LATEST }]) { problems { code } } }');
  const id = await entra.user({ userName: 'Ada', values: { title: 'Engineer' } });
  const self = askAs(hub, tenant.key, id);
  await self('mutation ($id: ID!) { updateUser(id: $id, input: { title: "Captain" }) { problems { code } } }', { id });
  await entra.change(id, { values: { title: 'Pilot' } });
  const { held, steps, missing } = (await ask(QUERY, { id, key: 'title' })).data.user.explainField;
  expect(held).toBe(true);
  expect(plain(steps)).toEqual([
    'Job title is "Pilot".',
    'The rule for title is LATEST, version 1: whoever changed it last decides.',
    `The directory "Entra" wrote "Pilot" on THEN in request R; this counts.`,
    `Ada (${id}) through KEY wrote "Captain" on THEN in request R; this does not count: it is older.`,
    'You may edit it.',
  ]);
  expect(missing).toEqual([
    'When somebody edits it, that counts.',
    'Under the rule USER, "Captain", from an edit, would count.',
  ]);
});

test('explainField of a field that was never set says so, and of one that is none is refused', async () => {
  const id = await entra.user({ userName: 'Blank' });
  const { held, steps } = (await ask(QUERY, { id, key: 'costCenter' })).data.user.explainField;
  expect([held, steps[2]]).toEqual([false, 'No source has ever given a value.']);
  const { errors } = await ask(QUERY, { id, key: '__proto__' });
  expect(errors![0]!.extensions).toEqual({ code: 'INVALID_INPUT', argument: ['key'] });
});

test('explainField names directories to nobody who may not read them', async () => {
  const id = await entra.user({ userName: 'Quiet', values: { nickName: 'q' } });
  const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read']));
  const { steps } = (await reader(QUERY, { id, key: 'nickName' })).data.user.explainField;
  expect(steps.join()).toContain(`The directory ${entra.id} wrote "q"`);
  expect(steps.at(-1)).toMatch(/^You may not edit it: This needs the scope users:write/);
});

test('explaining and editing rights of many people cost as many statements as those of one', async () => {
  const boss = await entra.user({ userName: 'Many boss', externalId: 'many-boss' });
  const ids = [];
  for (let index = 0; index < 4; index++) {
    const values = { manager: index % 2 ? 'many-boss' : boss, nickName: 'n' };
    ids.push(await entra.user({ userName: `many${index}`, values }));
  }
  for (const as of [ask, askAs(hub, tenant.key, boss)]) {
    const costOf = async (startsWith: string) => {
      const query = `query ($w: UserWhere) { users(where: $w) { nodes {
        explainField(key: "nickName") { steps } fields(keys: ["title"]) { viewerCanEdit } } } }`;
      return (await statementsOf(() => as(query, { w: { userName: { startsWith } } }))).length;
    };
    expect(await costOf('many')).toBe(await costOf('many0'));
  }
});
