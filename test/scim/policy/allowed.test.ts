import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectoryPolicy } from '../../../src/domain/directories/directory-policy.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const replace = (path: string, value: unknown) => ({ op: 'Replace', path, value });

/** What each operation answers to a directory of that policy, by someone and a group that were there before. */
async function answersUnder(policy: Partial<DirectoryPolicy>) {
  const { id: tenantId, key } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const client = scimClient(directory);
  const [ada = '', bob = '', eve = ''] = await client.people('ada', 'bob', 'eve');
  const group = await client.group('G', [ada]);
  await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query:
        'mutation ($id: ID!, $policy: DirectoryPolicyInput!) { updateDirectoryPolicy(id: $id, policy: $policy) { problems { message } } }',
      variables: { id: directory.id, policy },
    }),
  });
  const status = async (answer: Promise<{ status: number }>) => (await answer).status;
  return {
    createUser: await status(client.post('/Users', { userName: 'new' })),
    createGroup: await status(client.post('/Groups', { displayName: 'new' })),
    updateUser: await status(client.patch(`/Users/${ada}`, replace('displayName', 'Ada L'))),
    updateGroup: await status(client.patch(`/Groups/${group}`, replace('displayName', 'H'))),
    addMember: await status(client.patch(`/Groups/${group}`, { op: 'Add', path: 'members', value: [{ value: bob }] })),
    deactivate: await status(client.patch(`/Users/${bob}`, replace('active', 'False'))),
    deactivateAndUpdate: await status(
      client.patch(`/Users/${eve}`, replace('active', false), replace('title', 'Gone')),
    ),
    deleteUser: await status(client.delete(`/Users/${ada}`)),
    deleteGroup: await status(client.delete(`/Groups/${group}`)),
  };
}

const all = {
  createUser: 201,
  createGroup: 201,
  updateUser: 200,
  updateGroup: 204,
  addMember: 204,
  deactivate: 200,
  deactivateAndUpdate: 200,
  deleteUser: 204,
  deleteGroup: 204,
};

test('C6 a directory may do everything unless an admin says otherwise', async () => {
  expect(await answersUnder({})).toEqual(all);
});

test('C6 without allowCreate nothing is made, and everything else goes on', async () => {
  expect(await answersUnder({ allowCreate: false })).toEqual({ ...all, createUser: 403, createGroup: 403 });
});

test('C6 without allowUpdate people are still disabled, but changed in nothing else', async () => {
  expect(await answersUnder({ allowUpdate: false })).toEqual({
    ...all,
    updateUser: 403,
    updateGroup: 403,
    addMember: 403,
    deactivateAndUpdate: 403,
  });
});

test('C6 without allowDeactivate nobody is disabled', async () => {
  expect(await answersUnder({ allowDeactivate: false })).toEqual({ ...all, deactivate: 403, deactivateAndUpdate: 403 });
});

test('C6 without allowDelete nothing is deleted', async () => {
  expect(await answersUnder({ allowDelete: false })).toEqual({ ...all, deleteUser: 403, deleteGroup: 403 });
});

test('C6 a refusal names the switch, changes nothing, and leaves an event', async () => {
  const { id: tenantId } = await hub.newTenant();
  const client = scimClient(await hub.newDirectory(tenantId, 'ENTRA_STANDARD', { allowCreate: false }));
  const { status, body } = await client.post('/Users', { userName: 'ada' });
  expect([status, body.detail]).toEqual([403, 'Entra may not create anything here: allowCreate is off.']);
  const rows = await hub.running.database.session(tenantId, (session) =>
    session.ask<{ name: string }>({
      text: `select name from events where name in ('request.refused', 'user.created')`,
      values: [],
    }),
  );
  expect(rows).toEqual([{ name: 'request.refused' }]);
});
