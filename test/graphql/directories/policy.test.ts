import { afterAll, beforeAll, expect, test } from 'vitest';
import { presets } from '../../../src/domain/presets/presets.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type Ask, askAs } from '../ask.ts';

let hub: Hub;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(() => hub.stop());

const connect = async (preset: string): Promise<string> => {
  const query = `mutation ($preset: Preset!) { createDirectory(input: { name: "Entra", preset: $preset }) { directory { id } problems { message } } }`;
  return (await ask(query, { preset })).data.createDirectory.directory.id;
};

const POLICY = 'policy { groups onDelete roleGate gateGraceSeconds removeAfterDeactivatedDays differsFromPreset }';

const update = async (id: string, policy: object) =>
  (
    await ask(
      `mutation ($id: ID!, $policy: DirectoryPolicyInput!) {
        updateDirectoryPolicy(id: $id, policy: $policy) { directory { ${POLICY} } problems { code message path } }
      }`,
      { id, policy },
    )
  ).data.updateDirectoryPolicy;

test.each(Object.keys(presets))(
  'a directory of the preset %s starts with its values, and differs in none',
  async (preset) => {
    const id = await connect(preset);
    const { data } = await ask(`query ($id: ID!) { directory(id: $id) { ${POLICY} } }`, { id });
    const { groups, onDelete, roleGate } = presets[preset as keyof typeof presets].policy;
    expect(data.directory.policy).toMatchObject({ groups, onDelete, roleGate, differsFromPreset: [] });
  },
);

test('a switch that is changed is told as different from the preset, and no more once it is set back', async () => {
  const id = await connect('SIGN_IN_ENTERPRISE');
  const changed = await update(id, { onDelete: 'DELETE', removeAfterDeactivatedDays: 7 });
  expect(changed.problems).toEqual([]);
  expect(changed.directory.policy).toMatchObject({
    onDelete: 'DELETE',
    removeAfterDeactivatedDays: 7,
    differsFromPreset: ['onDelete', 'removeAfterDeactivatedDays'],
  });
  const back = await update(id, { onDelete: 'HIDE', removeAfterDeactivatedDays: null });
  expect(back.directory.policy.differsFromPreset).toEqual([]);
  const { data } = await ask(
    '{ events(names: ["directory.policy.changed"]) { nodes { subjectId changes { key from to } } } }',
  );
  expect(data.events.nodes.filter((event: { subjectId: string }) => event.subjectId === id)).toEqual([
    { subjectId: id, changes: expect.arrayContaining([{ key: 'onDelete', from: 'HIDE', to: 'DELETE' }]) },
    { subjectId: id, changes: expect.arrayContaining([{ key: 'onDelete', from: 'DELETE', to: 'HIDE' }]) },
  ]);
});

test('S5 a membership gate without groups is refused with the reason, and nothing is changed', async () => {
  const id = await connect('SIGNL4');
  const { directory, problems } = await update(id, { groups: 'OFF' });
  expect(directory).toBeNull();
  expect(problems.map(({ path }: { path: string[] }) => path)).toEqual([
    ['policy', 'membershipGate'],
    ['policy', 'onLastGroupLost'],
  ]);
  const { data } = await ask(`query ($id: ID!) { directory(id: $id) { ${POLICY} } }`, { id });
  expect(data.directory.policy.groups).toBe('TEAM_PER_GROUP');
});

test('a value that cannot be is refused naming the switch', async () => {
  const id = await connect('CUSTOM');
  const refused = async (policy: object) => (await update(id, policy)).problems;
  expect(await refused({ brakePercent: 0 })).toMatchObject([
    { code: 'INVALID_INPUT', path: ['policy', 'brakePercent'] },
  ]);
  expect(await refused({ centralTeamName: ' ' })).toMatchObject([
    { code: 'REQUIRED', path: ['policy', 'centralTeamName'] },
  ]);
  expect(await refused({ requiredFields: ['shoeSize'] })).toMatchObject([{ path: ['policy', 'requiredFields'] }]);
  expect(await refused({ invite: null })).toMatchObject([{ path: ['policy', 'invite'] }]);
});

test('S6 connecting SIGNL4 makes phones LATEST, but decides no field that an admin has decided', async () => {
  const fresh = askAs(hub, (await hub.newTenant()).key);
  const rules = async () => {
    const { data } = await fresh('{ fieldRules { field { key } sourceOfTruth } }');
    return Object.fromEntries(
      data.fieldRules.map((rule: { field: { key: string }; sourceOfTruth: string }) => [
        rule.field.key,
        rule.sourceOfTruth,
      ]),
    );
  };
  const signl4 = 'mutation { createDirectory(input: { name: "S", preset: SIGNL4 }) { problems { code } } }';
  await fresh(signl4);
  expect(await rules()).toMatchObject({ phone: 'LATEST', workPhone: 'DIRECTORY' });
  await fresh('mutation { setFieldRules(rules: [{ key: "phone", sourceOfTruth: USER }]) { problems { code } } }');
  await fresh(signl4);
  expect(await rules()).toMatchObject({ phone: 'USER' });
});
