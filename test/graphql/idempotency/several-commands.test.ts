import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { askKeyed } from './keyed.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test('a mutation that is several commands is done once, and answered again as it was', async () => {
  const tenant = await hub.newTenant();
  const problems = 'problems { code message }';
  const twice = async (key: string, mutation: string) => {
    const query = `mutation { ${mutation} }`;
    const first = await askKeyed(hub, tenant.key, key, query);
    expect(first, key).toMatchObject({ status: 200, replayed: null });
    const [payload] = Object.values<{ problems: object[] }>(first.data);
    expect(payload!.problems, key).toEqual([]);
    expect(await askKeyed(hub, tenant.key, key, query), key).toMatchObject({ replayed: 'true', text: first.text });
    return first.data;
  };
  const made = await twice(
    'connect',
    `createDirectory(input: { name: "Entra", preset: ENTRA_STANDARD }) { directory { id } ${problems} }`,
  );
  const { id } = made.createDirectory.directory;
  await twice('rules', `setFieldRules(rules: [{ key: "title", sourceOfTruth: USER }]) { ${problems} }`);
  await twice('rehearse', `setRehearsal(directory: "${id}", on: true) { ${problems} }`);
  await twice('accept', `setRehearsal(directory: "${id}", on: false) { ${problems} }`);
  await twice('disconnect', `disconnectDirectory(id: "${id}", plan: KEEP_MANUAL) { ${problems} }`);
});
