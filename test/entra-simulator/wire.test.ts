import { expect, test } from 'vitest';
import { filterQuery } from '../../src/entra/filter-query.ts';
import { parseTenantUrl } from '../../src/entra/tenant-url.ts';
import { directoryOf, person, withPeer } from './support.ts';

const { peer, run } = withPeer();

test('A1 A2 every cycle opens with a search for a user and a group that cannot exist', async () => {
  const report = await run({
    directory: directoryOf([], { groups: [{ id: 'g', displayName: 'G', members: [] }] }),
    cycles: 2,
  });
  expect(report.cycles.map(({ probes }) => probes)).toEqual([2, 2]);
  expect(peer().seen[0]!.url).toMatch(/^\/scim\/Users\?filter=userName\+eq\+%22[0-9a-f-]{36}%22$/);
  expect(peer().seen[1]!.url).toMatch(
    /^\/scim\/Groups\?excludedAttributes=members&filter=displayName\+eq\+%22[0-9a-f-]{36}%22$/,
  );
});

test('A3 the probe follows the matching attribute', async () => {
  await run({ directory: directoryOf([]), matchOn: ['externalId'] });
  expect(peer().seen[0]!.url).toMatch(/Users\?filter=externalId\+eq\+%22/);
});

test('A4 A5 A6 A12 requests carry a bearer token and a content type, but neither User-Agent nor Accept', async () => {
  await run({ directory: directoryOf([person('ada')]) });
  for (const { headers } of peer().seen) {
    expect(headers).not.toHaveProperty('user-agent');
    expect(headers).not.toHaveProperty('accept');
    expect(headers.authorization).toBe('Bearer secret');
  }
  const [post] = peer().asked('POST', /Users/);
  expect(post!.headers['content-type']).toBe('application/scim+json; charset=utf-8');
});

test('A9 a filter has plus for space and small hex for everything reserved', () => {
  expect(filterQuery('userName', 'a+b@x.example')).toBe('filter=userName+eq+%22a%2bb%40x.example%22');
  expect(filterQuery('displayName', `The "A" (ü)`)).toBe('filter=displayName+eq+%22The+%5c%22A%5c%22+%28%c3%bc%29%22');
  expect(filterQuery('emails[type eq "work"].value', "o'b")).toBe(
    'filter=emails%5btype+eq+%22work%22%5d.value+eq+%22o%27b%22',
  );
});

test('A11 a tenant URL is taken with or without slash, and its flag is kept back', () => {
  const base = 'https://host/scim/v2';
  expect(parseTenantUrl('https://host/scim/v2/?aadOptscim062020')).toEqual({ base, dialect: 'batched' });
  expect(parseTenantUrl('https://host/scim/v2')).toEqual({ base, dialect: 'verbose' });
  expect(() => parseTenantUrl('host/scim')).toThrow('not an http or https URL');
});

test('B2 B3 matching attributes are asked for one by one, and the first hit links', async () => {
  peer().users.set('7', { id: '7', userName: 'old@example.com', externalId: 'ada', active: true });
  const report = await run({ directory: directoryOf([person('ada')]) });
  expect(
    peer()
      .asked('GET', /Users/)
      .slice(1)
      .map(({ url }) => url),
  ).toEqual(['/scim/Users?filter=userName+eq+%22ada%40example.com%22', '/scim/Users?filter=externalId+eq+%22ada%22']);
  expect(report.cycles[0]).toMatchObject({ matched: 1, createdUsers: 0, patchedUsers: 1 });
  expect(peer().users.get('7')!.userName).toBe('ada@example.com');
});
