import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test('C4 the same person is found by each key, in any case where the schema says so', async () => {
  const client = scimClient(await hub.newDirectory());
  await client.people('bob');
  const { body } = await client.post('/Users', {
    userName: 'Ada@X.example',
    externalId: 'Oid-1',
    emails: [
      { type: 'work', value: 'Ada@Work.example' },
      { type: 'home', value: 'ada@home.example' },
      { type: 'other', value: 'ada@other.example' },
      { value: 'ada@any.example' },
    ],
  });
  const found = async (filter: string) => {
    const { Resources } = (await client.find('/Users', filter)).body as unknown as { Resources: { id: string }[] };
    return Resources.map(({ id }) => id);
  };
  for (const filter of [
    'userName eq "ada@x.EXAMPLE"',
    'externalId eq "Oid-1"',
    `id eq "${body.id}"`,
    'emails[type eq "work"].value eq "ada@work.example"',
    'emails[type eq "WORK" and value eq "ADA@WORK.EXAMPLE"]',
    'emails[type eq "home"].value eq "ada@home.example"',
    'emails.value eq "ADA@other.example"',
    'emails eq "ada@any.example"',
  ])
    expect([filter, await found(filter)]).toEqual([filter, [body.id]]);
  for (const filter of [
    'externalId eq "oid-1"',
    `id eq "${String(body.id).toUpperCase()}"`,
    'emails[type eq "home"].value eq "ada@work.example"',
  ])
    expect([filter, await found(filter)]).toEqual([filter, []]);
});

test('S13 an externalId names one person of a directory, and another one in the next directory', async () => {
  const { id: tenantId } = await hub.newTenant();
  const client = scimClient(await hub.newDirectory(tenantId));
  expect((await client.post('/Users', { userName: 'ada', externalId: 'oid' })).status).toBe(201);
  const again = await client.post('/Users', { userName: 'bob', externalId: 'oid' });
  expect([again.status, again.body.scimType, again.body.detail]).toEqual([
    409,
    'uniqueness',
    expect.stringContaining('externalId'),
  ]);
  const [carl] = await client.people('carl');
  const taken = await client.patch(`/Users/${carl}`, { op: 'add', path: 'externalId', value: 'oid' });
  expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
  const other = scimClient(await hub.newDirectory(tenantId));
  expect((await other.post('/Users', { userName: 'dora', externalId: 'oid' })).status).toBe(201);
});
