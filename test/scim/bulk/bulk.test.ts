import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MAX_OPERATIONS } from '../../../src/scim/bulk/bulk-request.ts';
import { type Hub, startHub, type TestDirectory } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

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

const REQUEST = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

type Result = {
  method: string;
  bulkId?: string;
  location?: string;
  version?: string;
  status: string;
  response?: { detail: string; scimType?: string };
};

const bulk = async (Operations: object[], more: object = {}) => {
  const { status, body } = await scim.post('/Bulk', { schemas: [REQUEST], ...more, Operations });
  return { status, body, results: (body.Operations ?? []) as unknown as Result[] };
};
const statuses = (results: Result[]) => results.map(({ status }) => status);
const idIn = ({ location }: Result): string => location!.split('/').at(-1)!;
const user = (bulkId: string, userName: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName, ...more },
});
const group = (bulkId: string, displayName: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName, members: members.map((value) => ({ value })) },
});

describe('what a bulk does (RFC 7644 §3.7)', () => {
  test('it makes, replaces, patches and deletes, and says of each what came of it', async () => {
    const [ada, bob, eve] = await scim.people('ada', 'bob', 'eve');
    const { status, body, results } = await bulk([
      user('new', 'kim'),
      { method: 'PUT', path: `/Users/${ada}`, data: { userName: 'ada', title: 'Pilot' } },
      { method: 'PATCH', path: `/Users/${bob}`, data: { Operations: [{ op: 'add', path: 'title', value: 'Nurse' }] } },
      { method: 'DELETE', path: `/Users/${eve}` },
    ]);
    expect(status).toBe(200);
    expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:BulkResponse']);
    expect(results.map(({ method, bulkId, status }) => [method, bulkId, status])).toEqual([
      ['POST', 'new', '201'],
      ['PUT', undefined, '200'],
      ['PATCH', undefined, '200'],
      ['DELETE', undefined, '204'],
    ]);
    expect((await scim.get(`/Users/${idIn(results[0]!)}`)).body.userName).toBe('kim');
    expect((await scim.get(`/Users/${ada}`)).headers.get('etag')).toBe(results[1]!.version);
    expect((await scim.get(`/Users/${bob}`)).body.title).toBe('Nurse');
    expect((await scim.get(`/Users/${eve}`)).status).toBe(404);
  });

  test('groups are made, changed and deleted as well', async () => {
    const [ada] = await scim.people('ada');
    const old = await scim.group('Old');
    const kept = await scim.group('Kept');
    const join = { Operations: [{ op: 'add', path: 'members', value: [{ value: ada }] }] };
    const { results } = await bulk([
      group('g', 'New', ada!),
      { method: 'PATCH', path: `/Groups/${kept}`, data: join },
      { method: 'DELETE', path: `/Groups/${old}` },
    ]);
    expect(statuses(results)).toEqual(['201', '200', '204']);
    expect(await scim.members(idIn(results[0]!))).toEqual([ada]);
    expect(await scim.members(kept)).toEqual([ada]);
    expect((await scim.get(`/Groups/${kept}`)).headers.get('etag')).toBe(results[1]!.version);
  });

  test('each operation stands alone: one that is refused leaves the others done, and an event', async () => {
    await scim.people('ada');
    const { results } = await bulk([user('1', 'kim'), user('2', 'ada'), user('3', 'lee'), user('4', '')]);
    expect(statuses(results)).toEqual(['201', '409', '201', '400']);
    expect(results[1]!.response).toMatchObject({ status: '409', scimType: 'uniqueness' });
    expect(results[1]!.location).toBeUndefined();
    expect(results[3]!.response!.detail).toContain('userName');
  });

  test('an operation may demand a version', async () => {
    const [ada] = await scim.people('ada');
    const change = (version: string) => ({
      method: 'PATCH',
      path: `/Users/${ada}`,
      version,
      data: { Operations: [{ op: 'add', path: 'title', value: 'Pilot' }] },
    });
    expect(statuses((await bulk([change('W/"1"'), change('W/"1"')])).results)).toEqual(['200', '412']);
  });
});

describe('references between operations (RFC 7644 §3.7.2)', () => {
  test('a group has a member that is made after it', async () => {
    const { results } = await bulk([group('g', 'Pilots', 'bulkId:u'), user('u', 'kim')]);
    expect(results.map(({ bulkId, status }) => [bulkId, status])).toEqual([
      ['g', '201'],
      ['u', '201'],
    ]);
    expect(await scim.members(idIn(results[0]!))).toEqual([idIn(results[1]!)]);
  });

  test('a circle of managers is resolved (§3.7.1)', async () => {
    const reportsTo = (bulkId: string) => ({ [ENTERPRISE]: { manager: { value: `bulkId:${bulkId}` } } });
    const { results } = await bulk([user('a', 'ada', reportsTo('b')), user('b', 'bob', reportsTo('a'))]);
    expect(statuses(results)).toEqual(['201', '201']);
    const [ada, bob] = results.map(idIn);
    const managerOf = async (id: string) =>
      ((await scim.get(`/Users/${id}`)).body[ENTERPRISE] as unknown as { manager: { value: string } }).manager.value;
    expect([await managerOf(ada!), await managerOf(bob!)]).toEqual([bob, ada]);
  });

  test('what was just made is changed by its bulkId, in the path and in the filter of a PATCH', async () => {
    const drop = { Operations: [{ op: 'remove', path: 'members[value eq "bulkId:u"]' }] };
    const { results } = await bulk([
      user('u', 'kim'),
      user('v', 'lee'),
      group('g', 'Pilots', 'bulkId:u', 'bulkId:v'),
      { method: 'PATCH', path: '/Groups/bulkId:g', data: drop },
    ]);
    expect(statuses(results)).toEqual(['201', '201', '201', '200']);
    expect(await scim.members(idIn(results[2]!))).toEqual([idIn(results[1]!)]);
  });

  test('a chain of a thousand references is followed', async () => {
    const last = MAX_OPERATIONS - 1;
    const chain = Array.from({ length: MAX_OPERATIONS }, (_, n) =>
      user(`u${n}`, `p${n}`, n < last ? { [ENTERPRISE]: { manager: { value: `bulkId:u${n + 1}` } } } : {}),
    );
    const { results } = await bulk(chain);
    expect(new Set(statuses(results))).toEqual(new Set(['201']));
    expect(results).toHaveLength(MAX_OPERATIONS);
  });

  test('what needs something that could not be made is 409, and a bulkId that nobody carries 400', async () => {
    await scim.people('ada');
    const { results } = await bulk([
      user('u', 'ada'),
      group('g', 'Pilots', 'bulkId:u'),
      group('h', 'Nurses', 'bulkId:x'),
    ]);
    expect(statuses(results)).toEqual(['409', '409', '400']);
    expect(results[1]!.response!.detail).toContain('bulkId:u');
    expect((await scim.get('/Groups')).body.totalResults).toBe(0);
  });
});

describe('limits and mistakes', () => {
  test('failOnErrors ends the bulk after so many refusals', async () => {
    await scim.people('ada');
    const { status, results } = await bulk([user('1', 'kim'), user('2', 'ada'), user('3', 'lee')], { failOnErrors: 1 });
    expect([status, statuses(results)]).toEqual([200, ['201', '409']]);
    expect((await scim.get('/Users?filter=userName eq "lee"')).body.totalResults).toBe(0);
  });

  test('more operations than maxOperations are 413, and none is done', async () => {
    const many = Array.from({ length: MAX_OPERATIONS + 1 }, (_, n) => user(`u${n}`, `p${n}`));
    const { status, body } = await bulk(many);
    expect([status, body.status]).toEqual([413, '413']);
    expect(String(body.detail)).toContain(String(MAX_OPERATIONS));
    expect((await scim.get('/Users?count=0')).body.totalResults).toBe(0);
  });

  test('a payload larger than maxPayloadSize is 413', async () => {
    const { body: config } = await scim.get('/ServiceProviderConfig');
    const { maxPayloadSize } = config.bulk as unknown as { maxPayloadSize: number };
    const { status } = await bulk([user('u', 'kim', { nickName: 'x'.repeat(maxPayloadSize) })]);
    expect(status).toBe(413);
  });

  test.each([
    ['no list of Operations', {}, 'invalidSyntax'],
    ['failOnErrors below 1', { Operations: [], failOnErrors: 0 }, 'invalidValue'],
    ['a bulkId twice', { Operations: [user('u', 'a'), user('u', 'b')] }, 'invalidValue'],
  ])('%s is 400 for the whole', async (_what, body, scimType) => {
    const answer = await scim.post('/Bulk', body);
    expect([answer.status, answer.body.scimType]).toEqual([400, scimType]);
  });

  test.each([
    ['a POST without bulkId', { method: 'POST', path: '/Users', data: { userName: 'kim' } }, '400'],
    ['a method that is none of a bulk', { method: 'GET', path: '/Users', bulkId: 'u' }, '400'],
    ['a path that leads nowhere', { method: 'POST', path: '/Bulk', bulkId: 'u', data: {} }, '404'],
    ['a POST to a resource', { method: 'POST', path: '/Users/usr_1', bulkId: 'u', data: {} }, '405'],
    ['a DELETE of a collection', { method: 'DELETE', path: '/Users' }, '405'],
    ['a PATCH without data', { method: 'PATCH', path: '/Users/usr_1' }, '400'],
    ['a person who is not there', { method: 'DELETE', path: '/Users/usr_1' }, '404'],
  ])('%s is refused alone', async (_what, operation, status) => {
    const { results } = await bulk([operation, user('ok', 'kim')]);
    expect(statuses(results)).toEqual([status, '201']);
  });

  test('an empty bulk does nothing', async () => {
    expect(await bulk([])).toMatchObject({ status: 200, results: [] });
  });

  test('GET /Bulk is 405 and says what is allowed', async () => {
    const { status, headers } = await scim.get('/Bulk');
    expect([status, headers.get('allow')]).toEqual([405, 'POST']);
  });

  test('A2 a bulk reaches nothing of another directory', async () => {
    const other = scimClient(await hub.newDirectory());
    const [stranger] = await other.people('eve');
    const { results } = await bulk([{ method: 'DELETE', path: `/Users/${stranger}` }, group('g', 'Pilots', stranger!)]);
    expect(statuses(results)).toEqual(['404', '400']);
    expect((await other.get(`/Users/${stranger}`)).status).toBe(200);
  });

  test('A22 a bulkId and a path by names of the prototype are names like others', async () => {
    const { results } = await bulk([
      user('__proto__', 'kim'),
      group('constructor', 'Pilots', 'bulkId:__proto__'),
      { method: '__proto__', path: '/Users', bulkId: 'x' },
    ]);
    expect(statuses(results)).toEqual(['201', '201', '400']);
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
