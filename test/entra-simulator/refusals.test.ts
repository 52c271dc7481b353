import { expect, test } from 'vitest';
import { type Answer, listResponse, type Seen } from './peer.ts';
import { directoryOf, person, withPeer } from './support.ts';

const { peer, run } = withPeer();
const people = ['ada', 'bob', 'cyd'].map((id) => person(id));
const on = (method: string, url: RegExp, answer: Answer) => (seen: Seen) =>
  seen.method === method && url.test(seen.url) ? answer : undefined;

test('G a refused create is counted, shown once with its request and the detail, and tried again next cycle', async () => {
  const detail = { detail: 'userName "x" already exists', scimType: 'uniqueness' };
  peer().interrupt = on('POST', /Users/, { status: 409, body: detail });
  const report = await run({ directory: directoryOf(people), cycles: 2 });
  expect(report.ok).toBe(false);
  expect(report.cycles.map(({ refused }) => refused)).toEqual([3, 3]);
  expect(report.refusals).toHaveLength(1);
  expect(report.refusals[0]).toMatchObject({
    count: 6,
    code: 'EntryConflict',
    status: 409,
    method: 'POST',
    path: '/Users',
  });
  expect(report.refusals[0]!.body).toMatchObject({ externalId: expect.any(String) });
  expect(report.refusals[0]!.answer).toContain('already exists');
});

test('B15 a create answered with 200 rather than 201 is a refusal', async () => {
  peer().interrupt = on('POST', /Users/, { status: 200, body: { id: '1' } });
  const { refusals } = await run({ directory: directoryOf(people) });
  expect(refusals).toMatchObject([{ count: 3, why: 'HTTP 200 rather than 201' }]);
});

test('A18 G a 401 is quarantine: the run stops at once', async () => {
  peer().interrupt = on('GET', /./, { status: 401, body: {} });
  const report = await run({ directory: directoryOf(people), cycles: 3 });
  expect(report.quarantined).toContain('Unauthorized');
  expect(report.cycles).toHaveLength(1);
  expect(peer().seen).toHaveLength(1);
});

test('A18 a 403 in the middle of a cycle stops it too', async () => {
  peer().interrupt = on('POST', /./, { status: 403, body: {} });
  const report = await run({ directory: directoryOf(people), parallel: 1 });
  expect(report.quarantined).toContain('InsufficientRights');
  expect(peer().asked('POST', /./)).toHaveLength(1);
});

test('A1 a 404 to the probe is quarantine', async () => {
  peer().interrupt = on('GET', /./, { status: 404, body: {} });
  expect((await run({ directory: directoryOf(people) })).quarantined).toContain('HTTP 404 to a filter');
});

test('A1 a probe that finds somebody is quarantine, because the filter is ignored', async () => {
  peer().users.set('1', { id: '1', userName: 'x' });
  peer().interrupt = on('GET', /./, {
    status: 200,
    body: listResponse([{ id: '1' }]),
  });
  expect((await run({ directory: directoryOf(people) })).quarantined).toContain('random GUID found something');
});

test('B5 more than one match is counted and the person skipped', async () => {
  for (const id of ['1', '2']) peer().users.set(id, { id, userName: 'ada@example.com' });
  const { refusals } = await run({ directory: directoryOf([person('ada')]) });
  expect(refusals).toMatchObject([{ code: 'DuplicateTargetEntries', count: 1 }]);
  expect(peer().asked('POST', /./)).toEqual([]);
});

test('B35 a linked id that is gone is counted once and left alone until a restart', async () => {
  peer().interrupt = (seen) => {
    if (seen.method === 'POST') setImmediate(() => peer().users.clear());
    return undefined;
  };
  const report = await run({ directory: directoryOf([person('ada')]), cycles: 3 });
  expect(report.refusals).toMatchObject([{ code: 'InvalidAnchor', count: 1 }]);
  expect(report.cycles.map(({ skipped }) => skipped)).toEqual([0, 0, 1]);
  expect(peer().asked('POST', /./)).toHaveLength(1);
});

test('C4 members that come back although excluded are a refusal', async () => {
  const group = { id: '9', displayName: 'G', members: [{ value: '1' }] };
  peer().interrupt = on('GET', /Groups.*G%22/, {
    status: 200,
    body: listResponse([group]),
  });
  const { refusals } = await run({
    directory: directoryOf([], { groups: [{ id: 'g', displayName: 'G', members: [] }] }),
  });
  expect(refusals[0]!.why).toContain('members came back');
});

test('G a body that does not parse is a refusal', async () => {
  peer().interrupt = on('POST', /Users/, { status: 201, text: '<html>' });
  expect((await run({ directory: directoryOf(people) })).refusals).toMatchObject([{ count: 3, answer: '<html>' }]);
});

test('E6 refused references are counted apart', async () => {
  peer().interrupt = on('PATCH', /./, { status: 400, body: { detail: 'no such user' } });
  const directory = directoryOf([person('ada'), person('bob', { manager: 'ada' })], {
    groups: [{ id: 'g', displayName: 'G', members: ['ada', 'bob'] }],
  });
  const report = await run({ directory });
  expect(report.cycles[0]).toMatchObject({ refused: 0, referenceFailures: 3, managers: 0, memberAdds: 0 });
  expect(report.refusals.every(({ reference }) => reference)).toBe(true);
});

test('E8 a 429 is honoured and the request sent once more', async () => {
  let limited = 1;
  peer().interrupt = ({ method }) =>
    method === 'POST' && limited-- > 0 ? { status: 429, headers: { 'retry-after': '1' } } : undefined;
  const began = Date.now();
  const report = await run({ directory: directoryOf([person('ada')]) });
  expect(Date.now() - began).toBeGreaterThanOrEqual(990);
  expect(report).toMatchObject({ ok: true, cycles: [{ createdUsers: 1, retries: 1, refused: 0 }] });
});

test('G a 500 is retried once and a second one is counted', async () => {
  peer().interrupt = on('POST', /./, { status: 500, text: 'oops' });
  const report = await run({ directory: directoryOf([person('ada')]) });
  expect(peer().asked('POST', /./)).toHaveLength(2);
  expect(report.refusals).toMatchObject([{ code: 'InternalServerError', count: 1 }]);
});
