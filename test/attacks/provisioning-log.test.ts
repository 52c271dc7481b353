import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { keptRequests } from '../support/request-log.ts';
import { filter, intruder, operations } from './support/intruder.ts';
import { knock } from './support/knock.ts';
import { eventsOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
beforeAll(async () => {
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
});
afterAll(() => hub?.stop());

const PASSWORD = 'canary-pass-7d1e';
const CLIENT_SECRET = 'canary-client-2b90';
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Ways to write a password by PATCH, in every form of a path. */
const patches = [
  { op: 'add', path: 'password', value: PASSWORD },
  { op: 'Replace', path: 'PassWord', value: PASSWORD },
  { op: 'replace', path: `${USER}:password`, value: PASSWORD },
  { op: 'replace', path: 'password.value', value: PASSWORD },
  { op: 'replace', path: `password[value eq "${PASSWORD}"]`, value: PASSWORD },
  { op: 'replace', path: `emails[password eq "${PASSWORD}"].value`, value: 'a@x' },
  { op: 'replace', path: `emails[type eq "work" and password eq ${PASSWORD}].value`, value: 'a@x' },
  { op: 'add', value: { password: PASSWORD } },
  { op: 'add', value: { [`${USER}:password`]: PASSWORD } },
  { op: 'add', value: { [USER]: { password: PASSWORD } } },
  { op: 'add', value: { 'password.value': PASSWORD } },
  { op: 'add', value: { [`password[value eq "${PASSWORD}"]`]: true } },
  { op: 'remove', path: `password eq "${PASSWORD}"` },
  { op: PASSWORD.slice(0, 0), path: 'password', value: { deep: [PASSWORD] } },
];

/** Sends the canaries by every route; returns how many requests were signed in. */
async function spray(): Promise<number> {
  const plain = intruder(directory);
  let sent = 0;
  const send: typeof plain = (...request) => {
    sent++;
    return plain(...request);
  };
  const person = { userName: 'ada', password: PASSWORD, [USER]: { password: PASSWORD } };
  const { json } = await send('POST', '/Users', person);
  const group = (await send('POST', '/Groups', { displayName: 'G', password: PASSWORD })).json;
  for (const place of [`/Users/${json.id}`, `/Groups/${group.id}`]) {
    await send('PUT', place, { ...person, displayName: 'G' });
    for (const operation of patches) await send('PATCH', place, operations(operation));
    await send('PATCH', place, operations(...patches));
    await send('GET', `${place}?password=${PASSWORD}&client_secret=${CLIENT_SECRET}`);
    await send('DELETE', `${place}?access_token=${directory.token}`);
  }
  for (const place of ['/Users', '/Groups', '', '/Me', '/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
    await send('GET', `${place}${filter(`password eq "${PASSWORD}"`)}`);
    await send('GET', `${place}?filter=Password+eq+${PASSWORD}`);
    await send('GET', `${place}?client_secret=${CLIENT_SECRET}`);
    await send('GET', `${place}/${directory.token}`);
    await send('POST', `${place}/.search`, { filter: `password eq "${PASSWORD}"`, client_secret: CLIENT_SECRET });
  }
  await send('POST', '/Bulk', { Operations: [{ method: 'POST', path: '/Users', data: person }] });
  await send('POST', '/Users', `{"password":"${PASSWORD}"`);
  await send('POST', '/Users', { userName: directory.token });
  await send('GET', '/Users', undefined, { Cookie: `t=${PASSWORD}`, 'X-Api-Key': CLIENT_SECRET });
  await knock(hub.url, { path: '/scim/v2/Users', headers: { Authorization: `Bearer ${PASSWORD}` } });
  return sent;
}

test('A53 no password, token or client secret reaches the provisioning log, the event of a refusal or the log of the hub', async () => {
  const kept = await keptRequests(hub, tenantId, await spray());
  expect(kept.length).toBeGreaterThan(60);
  const log = JSON.stringify(kept);
  for (const secret of [PASSWORD, CLIENT_SECRET, directory.token, directory.token.split('_')[3]!])
    expect([secret.slice(0, 10), log.includes(secret)]).toEqual([secret.slice(0, 10), false]);
  const refusals = JSON.stringify(await eventsOf(hub, tenantId, 'request.refused'));
  for (const secret of [PASSWORD, CLIENT_SECRET, directory.token])
    expect(refusals + hub.log.join('\n')).not.toContain(secret);
});

test('A53 no password is kept in a record or an event, wherever a client puts it', async () => {
  const own = await hub.newTenant();
  const send = intruder(await hub.newDirectory(own.id));
  const person = { userName: 'ada', emails: [{ value: 'a@x', password: PASSWORD }], [`${USER}:password`]: PASSWORD };
  const user = (await send('POST', '/Users', person)).json;
  const group = (await send('POST', '/Groups', { displayName: 'G', deep: { password: PASSWORD } })).json;
  for (const place of [`/Users/${user.id}`, `/Groups/${group.id}`]) {
    for (const operation of patches) await send('PATCH', place, operations(operation));
    expect(JSON.stringify((await send('GET', place)).json)).not.toContain(PASSWORD);
  }
  expect(JSON.stringify(await eventsOf(hub, own.id))).not.toContain(PASSWORD);
});

test('A53 what is left of such a request still says what was attempted', async () => {
  const own = await hub.newTenant();
  const send = intruder(await hub.newDirectory(own.id));
  await send('POST', '/Users', { userName: 'ada', password: PASSWORD });
  await send('GET', `/Users${filter(`password eq "${PASSWORD}"`)}&count=1`);
  const [posted, asked] = await keptRequests(hub, own.id, 2);
  expect(JSON.parse(posted!.request_body!)).toEqual({ userName: 'ada', password: '[secret]' });
  expect(asked!.path).toBe('/scim/v2/Users?filter=[secret]&count=1');
});
