import { afterAll, beforeAll, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { scimClient } from '../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

test('a person whom a directory lets go of leaves its groups, each with one event, and nobody else does', async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const client = scimClient(directory);
  const [ada, grace] = (await client.people('ada', 'grace')) as [string, string];
  const groups = await Promise.all(['A', 'B'].map((name) => client.group(name, [ada, grace])));
  const origin = { actor: directory.id, requestId: 'test', at: new Date().toISOString() };
  await hub.running.hub.storage.open(tenantId, 'statement', (tx) =>
    tx.groups.leaveAll(uuidOf('dir', directory.id)!, uuidOf('usr', ada)!, origin),
  );
  for (const group of groups) expect(await client.members(group)).toEqual([grace]);
  const left = await hub.running.database.session(tenantId, (session) =>
    session.ask<{ object_id: string }>({
      text: `select object_id from events where name = 'team.members.removed'`,
      values: [],
    }),
  );
  expect(left.map(({ object_id }) => object_id)).toEqual([uuidOf('usr', ada), uuidOf('usr', ada)]);
});
