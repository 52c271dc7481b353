import net from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { sampleCompany } from '../../src/entra/company.ts';
import { expectations } from '../../src/entra/expectations.ts';
import { provision } from '../../src/entra/provision.ts';
import { databaseOf } from '../attacks/support/database.ts';
import { askAs } from '../graphql/ask.ts';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { disagreements, readAll } from '../support/read-back.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => hub?.stop());

const company = sampleCompany({ people: 40, groups: 6, seed: 5 });
const scenario = 'joiners-movers-leavers';
const cycles = 3;
const runCycles = ({ scim, token }: TestDirectory) =>
  provision({ url: scim, token, directory: company, dialect: 'mixed', cycles, scenario });

test('DY5 in whole cycles of Entra the hub speaks to its database and to nobody else', async () => {
  const directory = await hub.newDirectory();
  const allowed = [new URL(hub.url).port, new URL(await databaseOf(hub)).port];
  const spoken = vi.spyOn(net.Socket.prototype, 'connect');
  expect((await runCycles(directory)).refusals).toEqual([]);
  const ports = spoken.mock.calls.map((call) => {
    const [given] = call.flat() as unknown as { port?: number | string }[];
    return String(typeof given === 'object' ? given.port : given);
  });
  expect(ports).toContain(allowed[0]);
  expect(ports.filter((port) => !allowed.includes(port))).toEqual([]);
});

test('S22 people made by hand are in no list of a directory, out of its reach, and as they were after whole cycles', async () => {
  const { id: tenantId, key } = await hub.newTenant();
  const ask = askAs(hub, key);
  const make =
    'mutation { createUser(input: { userName: "by-hand", title: "Founder" }) { user { id } problems { message } } }';
  const { id } = (await ask(make)).data.createUser.user;
  const team =
    'mutation ($ids: [ID!]!) { createTeam(name: "Board", members: $ids) { team { id } problems { message } } }';
  await ask(team, { ids: [id] });
  const query = 'query ($id: ID!) { user(id: $id) { version userName title status updatedAt } }';
  const before = (await ask(query, { id })).data;
  const directory = await hub.newDirectory(tenantId);
  expect((await runCycles(directory)).refusals).toEqual([]);
  expect(await disagreements(directory, expectations(company, { cycles, scenario }))).toEqual([]);
  const client = scimClient(directory);
  expect((await readAll(directory, 'Users')).map((person) => person.id)).not.toContain(id);
  for (const filter of [`id eq "${id}"`, 'userName eq "by-hand"', 'title eq "Founder"'])
    expect((await client.find('/Users', filter)).body.totalResults).toBe(0);
  const place = `/Users/${id}`;
  const attempts = [
    await client.get(place),
    await client.put(place, { userName: 'taken' }),
    await client.patch(place, { op: 'Replace', path: 'active', value: 'False' }),
    await client.delete(place),
  ];
  expect(attempts.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
  expect((await ask(query, { id })).data).toEqual(before);
});
