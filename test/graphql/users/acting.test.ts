import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Editor, type SourceOfTruth, sourcesOfTruth } from '../../../src/fields/rule.ts';
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

const setRule = (sourceOfTruth: SourceOfTruth, editableBy: Editor[]) =>
  ask('mutation ($rules: [FieldRuleInput!]) { setFieldRules(rules: $rules) { problems { code } } }', {
    rules: [{ key: 'title', sourceOfTruth, editableBy }],
  });

const createUser = async (userName: string) =>
  (await ask('mutation ($u: String!) { createUser(input: { userName: $u }) { user { id } } }', { u: userName })).data
    .createUser.user.id as string;

let edits = 0;
const edit = async (as: Ask, id: string, input: object = { title: `edit ${++edits}` }) => {
  const query = `mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) {
    user { title } problems { code message path ... on FieldLockedProblem { rule { sourceOfTruth } source { directory { id } } } } } }`;
  return (await as(query, { id, input })).data.updateUser;
};

const may = async (as: Ask, id: string) =>
  (await as('query ($id: ID!) { user(id: $id) { fields(keys: ["title"]) { viewerCanEdit } } }', { id })).data.user
    .fields[0].viewerCanEdit as boolean;

/** Every set of relations. */
const editorSets = [0, 1, 2, 3, 4, 5, 6, 7].map((bits) =>
  (['SELF', 'MANAGER', 'ADMIN'] as const).filter((_, place) => bits & (1 << place)),
);

describe('DY4 who may edit a field', () => {
  test('DY4 is the same to the form and to the mutation, for each relation, set of editors, rule and kind of person', async () => {
    const boss = await entra.user({ userName: 'boss', externalId: 'boss-1' });
    const above = await entra.user({ userName: 'above', externalId: 'above-1' });
    await entra.change(boss, { values: { manager: 'above-1' } });
    const fed = await entra.user({ userName: 'fed', values: { manager: 'boss-1', title: 'Entra' } });
    const unfed = await entra.user({ userName: 'unfed', values: { manager: boss } });
    const manual = await createUser('manual');
    await edit(ask, manual, { manager: 'BOSS' });
    const callers: [Editor | 'ABOVE' | 'COLLEAGUE', (id: string) => Ask][] = [
      ['SELF', (id) => askAs(hub, tenant.key, id)],
      ['MANAGER', () => askAs(hub, tenant.key, boss)],
      ['ADMIN', () => ask],
      ['ABOVE', () => askAs(hub, tenant.key, above)],
      ['COLLEAGUE', (id) => askAs(hub, tenant.key, id === fed ? unfed : fed)],
    ];
    for (const truth of sourcesOfTruth) {
      for (const editors of editorSets) {
        await setRule(truth, editors);
        for (const [relation, as] of callers) {
          for (const id of [fed, unfed, manual]) {
            const isOwned = truth === 'DIRECTORY' && id === fed;
            const allowed = editors.includes(relation as Editor);
            const expected = isOwned ? 'FIELD_LOCKED' : allowed ? null : 'NOT_ALLOWED';
            const title = [truth, editors, relation, [fed, unfed, manual].indexOf(id)];
            expect([...title, await may(as(id), id)]).toEqual([...title, expected === null]);
            const { user, problems } = await edit(as(id), id);
            expect([...title, problems[0]?.code ?? null]).toEqual([...title, expected]);
            expect(user?.title ?? null).toBe(expected === null ? `edit ${edits}` : null);
          }
        }
      }
    }
    await setRule('DIRECTORY', ['SELF', 'ADMIN']);
  });

  test('DY2 a locked field is answered with its owner and rule, to the person and to an admin', async () => {
    const id = await entra.user({ userName: 'locked', values: { title: 'Entra' } });
    for (const as of [ask, askAs(hub, tenant.key, id)]) {
      expect((await edit(as, id)).problems).toMatchObject([
        {
          code: 'FIELD_LOCKED',
          path: ['title'],
          message: 'Job title belongs to the directory by the rule DIRECTORY and cannot be edited here.',
          rule: { sourceOfTruth: 'DIRECTORY' },
        },
      ]);
    }
  });

  test('a person releases fields that they may edit, and no others', async () => {
    const id = await createUser('releasing');
    const self = askAs(hub, tenant.key, id);
    const release = async (as: Ask) =>
      (
        await as('mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["title"]) { problems { code path } } }', {
          id,
        })
      ).data.releaseUserFields.problems;
    await edit(self, id);
    expect(await release(askAs(hub, tenant.key, await createUser('stranger')))).toEqual([
      { code: 'NOT_ALLOWED', path: ['title'] },
    ]);
    expect(await release(self)).toEqual([]);
  });
});

describe('a key that acts for a person', () => {
  test('is told whom it acts for and what is left of its scopes', async () => {
    const id = await createUser('Viewer');
    const query = '{ viewer { kind label scopes user { id userName } } }';
    expect((await askAs(hub, tenant.key, id)(query)).data.viewer).toEqual({
      kind: 'person',
      label: 'Viewer',
      scopes: ['teams:read', 'users:read', 'users:write'],
      user: { id, userName: 'Viewer' },
    });
    expect((await ask(query)).data.viewer).toMatchObject({ kind: 'key', user: null });
  });

  test('is named together with the person by the event and by the assertion', async () => {
    const id = await createUser('Named');
    await edit(askAs(hub, tenant.key, id), id);
    const query = `query ($id: ID!) { user(id: $id) {
      history(first: 1) { nodes { actor } } fields(keys: ["title"]) { winner { actor } } } }`;
    const { history, fields } = (await ask(query, { id })).data.user;
    expect(history.nodes[0].actor).toMatch(new RegExp(`^key_\\w{26} for ${id}$`));
    expect(fields[0].winner.actor).toBe(history.nodes[0].actor);
  });
});

describe('what a device says', () => {
  const report = async (as: Ask, user: string, timezone: string | null) =>
    (
      await as(
        `mutation ($user: ID!, $timezone: String) { reportDevice(user: $user, timezone: $timezone) {
          user { version timezone } problems { code path } } }`,
        { user, timezone },
      )
    ).data.reportDevice;

  test('S12 counts only while no directory and no person says anything, and the same again is no change', async () => {
    const id = await entra.user({ userName: 'device' });
    const self = askAs(hub, tenant.key, id);
    const { user } = await report(self, id, 'Europe/Berlin');
    expect(user).toEqual({ version: 2, timezone: 'Europe/Berlin' });
    expect((await report(self, id, 'Europe/Berlin')).user).toEqual(user);
    await edit(self, id, { timezone: 'Asia/Tokyo' });
    expect((await report(self, id, 'Europe/Rome')).user.timezone).toBe('Asia/Tokyo');
    expect((await report(self, id, 'Europe/Rome')).user.version).toBe(4);
    await ask('mutation ($id: ID!) { releaseUserFields(id: $id, keys: ["timezone"]) { problems { code } } }', { id });
    const state = `query ($id: ID!) { user(id: $id) { fields(keys: ["timezone"]) { value winner { source { kind } } shadowed { source { kind } } } } }`;
    expect((await ask(state, { id })).data.user.fields[0]).toMatchObject({
      value: 'Europe/Rome',
      winner: { source: { kind: 'DEVICE' } },
    });
    await entra.change(id, { values: { timezone: 'America/Lima' } });
    expect((await ask(state, { id })).data.user.fields[0]).toMatchObject({
      value: 'America/Lima',
      winner: { source: { kind: 'DIRECTORY' } },
      shadowed: [{ source: { kind: 'DEVICE' } }],
    });
    await report(ask, id, null);
    expect((await ask(state, { id })).data.user.fields[0].shadowed).toEqual([]);
  });

  test('S12 is checked, and nobody reports the device of another', async () => {
    const id = await createUser('device owner');
    expect((await report(ask, id, 'Mars/Base')).problems).toEqual([{ code: 'INVALID_INPUT', path: ['timezone'] }]);
    const other = askAs(hub, tenant.key, await createUser('device thief'));
    expect((await report(other, id, 'Europe/Rome')).problems).toEqual([{ code: 'NOT_ALLOWED', path: ['id'] }]);
  });
});
