import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
let directory: TestDirectory;
let scim: ReturnType<typeof scimClient>;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  directory = await hub.newDirectory();
  scim = scimClient(directory);
});
afterAll(() => hub?.stop());

const send = async (method: string, path: string, headers: Record<string, string>, body?: unknown) => {
  const response = await fetch(`${directory.scim}${path}`, {
    method,
    headers: { authorization: `Bearer ${directory.token}`, 'content-type': 'application/scim+json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: text ? JSON.parse(text) : null };
};

const titled = (title: string) => ({ Operations: [{ op: 'replace', path: 'title', value: title }] });
const tagOf = async (path: string): Promise<string> => (await scim.get(path)).headers.get('etag')!;

test('a resource is answered under its version, in the header and in meta', async () => {
  const made = await scim.post('/Users', { userName: 'ada' });
  expect(made.headers.get('etag')).toBe((made.body.meta as unknown as { version: string }).version);
  expect(made.headers.get('location')).toBe((made.body.meta as unknown as { location: string }).location);
});

test('a reader who has the version that stands gets 304 without a body', async () => {
  const [id] = await scim.people('ada');
  const etag = await tagOf(`/Users/${id}`);
  for (const ifNoneMatch of [etag, '*', `W/"other", ${etag}`, etag.replace('W/', '')]) {
    const { status, text, headers } = await send('GET', `/Users/${id}`, { 'if-none-match': ifNoneMatch });
    expect([ifNoneMatch, status, text, headers.get('etag')]).toEqual([ifNoneMatch, 304, '', etag]);
  }
  expect((await send('GET', `/Users/${id}`, { 'if-none-match': 'W/"other"' })).status).toBe(200);
});

test('a reader of a group gets 304 until somebody joins it', async () => {
  const [ada] = await scim.people('ada');
  const group = await scim.group('Pilots');
  const etag = await tagOf(`/Groups/${group}`);
  expect((await send('GET', `/Groups/${group}`, { 'if-none-match': etag })).status).toBe(304);
  await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ada }] });
  expect((await send('GET', `/Groups/${group}`, { 'if-none-match': etag })).status).toBe(200);
});

test.each(['PUT', 'PATCH', 'DELETE'])(
  '%s of a person under a version that no longer stands is 412 and changes nothing',
  async (method) => {
    const [id] = await scim.people('ada');
    const stale = await tagOf(`/Users/${id}`);
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Pilot' });
    const body = { PUT: { userName: 'ada', title: 'Other' }, PATCH: titled('Other'), DELETE: undefined }[method];
    const refused = await send(method, `/Users/${id}`, { 'if-match': stale }, body);
    expect(refused.status).toBe(412);
    expect(refused.body).toMatchObject({ schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '412' });
    expect((await scim.get(`/Users/${id}`)).body.title).toBe('Pilot');
  },
);

test.each(['PUT', 'PATCH', 'DELETE'])('%s of a person under the version that stands is done', async (method) => {
  const [id] = await scim.people('ada');
  const body = { PUT: { userName: 'ada', title: 'Other' }, PATCH: titled('Other'), DELETE: undefined }[method];
  const { status } = await send(method, `/Users/${id}`, { 'if-match': await tagOf(`/Users/${id}`) }, body);
  expect(status).toBe(method === 'DELETE' ? 204 : 200);
});

test.each(['PUT', 'PATCH', 'DELETE'])(
  '%s of a group under a version that no longer stands is 412 and changes nothing',
  async (method) => {
    const [ada] = await scim.people('ada');
    const group = await scim.group('Pilots');
    const stale = await tagOf(`/Groups/${group}`);
    await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: ada }] });
    const rename = { Operations: [{ op: 'replace', path: 'displayName', value: 'Others' }] };
    const body = { PUT: { displayName: 'Others' }, PATCH: rename, DELETE: undefined }[method];
    expect((await send(method, `/Groups/${group}`, { 'if-match': stale }, body)).status).toBe(412);
    expect((await scim.get(`/Groups/${group}`)).body.displayName).toBe('Pilots');
    const current = await tagOf(`/Groups/${group}`);
    expect((await send(method, `/Groups/${group}`, { 'if-match': current }, body)).status).toBeLessThan(300);
  },
);

test('a member joins under the version that stands, and not under another', async () => {
  const [ada] = await scim.people('ada');
  const group = await scim.group('Pilots');
  const join = { Operations: [{ op: 'add', path: 'members', value: [{ value: ada }] }] };
  const etag = await tagOf(`/Groups/${group}`);
  expect((await send('PATCH', `/Groups/${group}`, { 'if-match': 'W/"1"' }, join)).status).toBe(412);
  expect(await scim.members(group)).toEqual([]);
  expect((await send('PATCH', `/Groups/${group}`, { 'if-match': etag }, join)).status).toBe(204);
  expect((await send('PATCH', `/Groups/${group}`, { 'if-match': etag }, join)).status).toBe(412);
});

test('If-Match: * takes any version, but not what is not there', async () => {
  const [id] = await scim.people('ada');
  expect((await send('PATCH', `/Users/${id}`, { 'if-match': '*' }, titled('Pilot'))).status).toBe(200);
  await scim.delete(`/Users/${id}`);
  expect((await send('PATCH', `/Users/${id}`, { 'if-match': '*' }, titled('Other'))).status).toBe(404);
});

test('a write with If-None-Match is done unless that version stands', async () => {
  const [id] = await scim.people('ada');
  const etag = await tagOf(`/Users/${id}`);
  expect((await send('PATCH', `/Users/${id}`, { 'if-none-match': etag }, titled('Pilot'))).status).toBe(412);
  expect((await send('PATCH', `/Users/${id}`, { 'if-none-match': 'W/"0"' }, titled('Pilot'))).status).toBe(200);
});

test('of twenty writes under the same version exactly one is done', async () => {
  const [id] = await scim.people('ada');
  const etag = await tagOf(`/Users/${id}`);
  const writes = Array.from({ length: 20 }, (_, n) =>
    send('PATCH', `/Users/${id}`, { 'if-match': etag }, titled(`t${n}`)),
  );
  const statuses = (await Promise.all(writes)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(statuses.filter((status) => status === 412)).toHaveLength(19);
});

test('of twenty joins under the same version of a group exactly one is done', async () => {
  const people = await scim.people(...Array.from({ length: 20 }, (_, n) => `p${n}`));
  const group = await scim.group('Pilots');
  const etag = await tagOf(`/Groups/${group}`);
  const join = (value: string) => ({ Operations: [{ op: 'add', path: 'members', value: [{ value }] }] });
  const answers = await Promise.all(
    people.map((id) => send('PATCH', `/Groups/${group}`, { 'if-match': etag }, join(id))),
  );
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  expect(await scim.members(group)).toHaveLength(1);
});

test('no version read while many people join in parallel passes for the one that stands at the end', async () => {
  const people = await scim.people(...Array.from({ length: 24 }, (_, n) => `p${n}`));
  const group = await scim.group('Pilots');
  const early: string[] = [];
  const watch = async () => {
    const { body, headers } = await scim.get(`/Groups/${group}`);
    if ((body.members as unknown as unknown[]).length < people.length) early.push(headers.get('etag')!);
  };
  const join = (value: string) => scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value }] });
  await Promise.all(people.flatMap((id) => [join(id), watch()]));

  expect(await scim.members(group)).toHaveLength(24);
  expect(early).not.toContain(await tagOf(`/Groups/${group}`));
});

test('a write that changes nothing leaves the version as it is', async () => {
  const [id] = await scim.people('ada');
  await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Pilot' });
  const etag = await tagOf(`/Users/${id}`);
  const again = await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Pilot' });
  expect(again.headers.get('etag')).toBe(etag);
});
