import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sweepPeople } from '../../../src/domain/sweeps/sweep-people.ts';
import { systemActor } from '../../../src/domain/system-actor.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { type Company, newCompany } from './company.ts';

let hub: Hub;
let company: Company;
let owner: string;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  company = await newCompany(hub);
  owner = await company.roleNamed('owner');
});
afterAll(() => hub?.stop());

const codes = async (mutation: string, id: string): Promise<string[]> => {
  const { data } = await company.ask(`mutation ($id: ID!) { done: ${mutation} { problems { code } } }`, { id });
  return data.done.problems.map(({ code }: { code: string }) => code);
};
const deactivate = (id: string) => codes('deactivateUser(id: $id)', id);
const inactive = { op: 'Replace', path: 'active', value: false };
const record = (userName: string, more: object = {}) => ({ userName, externalId: userName, active: true, ...more });
const create = async (userName: string, more: object = {}) =>
  String((await company.entra.post('/Users', record(userName, more))).body.id);
const isKept = async () => (await company.eventNames()).includes('user.kept.last-owner');

describe('I15 the last active owner', () => {
  test('I15 is neither deactivated, nor deleted, nor is the role taken; a second owner may go', async () => {
    const [first, second] = [await company.newUser('first'), await company.newUser('second')];
    await company.change('grantRole', first, owner);
    expect(await deactivate(first)).toEqual(['NOT_ALLOWED']);
    expect(await codes('deleteUser(id: $id)', first)).toEqual(['NOT_ALLOWED']);
    expect(await company.change('revokeRole', first, owner)).toEqual(['NOT_ALLOWED']);
    expect(await company.person(first)).toMatchObject({ status: 'ACTIVE', version: 2, roles: [{}] });
    await company.change('grantRole', second, owner);
    expect(await deactivate(first)).toEqual([]);
    expect(await company.change('revokeRole', second, owner)).toEqual(['NOT_ALLOWED']);
  });

  test('I15 of a company that has no owner anybody may go', async () => {
    const id = await company.newUser('anybody');
    expect(await deactivate(id)).toEqual([]);
  });

  test('I15 stays ACTIVE when the directory deactivates them, and reads back what was sent', async () => {
    const [id, second] = [await create('first'), await company.newUser('second')];
    await company.change('grantRole', id, owner);
    const answer = await company.entra.patch(`/Users/${id}`, inactive);
    expect([answer.status, (await company.entra.get(`/Users/${id}`)).body.active]).toEqual([200, false]);
    expect((await company.person(id)).status).toBe('ACTIVE');
    expect(await isKept()).toBe(true);
    await company.change('grantRole', second, owner);
    await company.entra.patch(`/Users/${id}`, { op: 'Replace', path: 'title', value: 'Former' });
    expect((await company.person(id)).status).toBe('DEACTIVATED');
  });

  test('I15 stays when the directory deletes them', async () => {
    const id = await create('deleted');
    await company.change('grantRole', id, owner);
    expect((await company.entra.delete(`/Users/${id}`)).status).toBe(204);
    expect((await company.entra.get(`/Users/${id}`)).status).toBe(404);
    expect(await company.person(id)).toMatchObject({ status: 'ACTIVE', roles: [{ role: { key: 'owner' } }] });
    expect(await isKept()).toBe(true);
  });

  test('I15 is not invited, which would end their access until they follow the link', async () => {
    const id = await company.newUser('first');
    const input = { email: 'first@x.example' };
    await company.ask(
      'mutation ($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { code } } }',
      { id, input },
    );
    await company.change('grantRole', id, owner);
    expect(await codes('inviteUser(user: $id)', id)).toEqual(['NOT_ALLOWED']);
    expect((await company.person(id)).status).toBe('ACTIVE');
  });

  test('I15 stays when they lose their last group, and the log tells it once, however often timers look', async () => {
    await hub.decide(company.tenant.id, company.directory, { onLastGroupLost: 'REMOVE', gateGraceSeconds: 0 });
    const id = await create('groupless');
    await company.change('grantRole', id, owner);
    const group = await company.entra.group('Staff', [id]);
    await company.entra.patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: [{ value: id }] });
    const sweep = () => sweepPeople(hub.running.hub, { actor: systemActor(company.tenant.id), requestId: 'test' });
    for (let look = 0; look < 3; look++) await sweep();
    expect((await company.person(id)).status).toBe('ACTIVE');
    await expect.poll(isKept).toBe(true);
    expect((await company.eventNames()).filter((name) => name === 'user.kept.last-owner')).toHaveLength(1);
  });

  test('I15 by an app role keeps the role directly when the app role goes', async () => {
    const id = await create('assigned', { roles: [{ value: 'Boss' }] });
    await company.setRules({ appRole: 'Boss', role: owner });
    await company.entra.patch(`/Users/${id}`, { op: 'replace', path: 'roles', value: [] });
    expect((await company.person(id)).roles).toMatchObject([
      { role: { key: 'owner' }, via: { __typename: 'DirectGrant' } },
    ]);
  });

  test('I15 by a group keeps the role directly when the group loses them', async () => {
    const id = await create('member');
    const group = await company.entra.group('Owners', [id]);
    await company.setRules({ group, role: owner });
    await company.entra.patch(`/Groups/${group}`, { op: 'Remove', path: 'members', value: [{ value: id }] });
    expect((await company.person(id)).roles).toMatchObject([{ via: { __typename: 'DirectGrant' } }]);
  });

  test('I15 is not taken by rules, nor by disconnecting their directory', async () => {
    const id = await create('ruled', { roles: [{ value: 'Boss' }] });
    await company.setRules({ appRole: 'Boss', role: owner });
    expect(await company.setRules()).toEqual(['NOT_ALLOWED']);
    expect(await codes('disconnectDirectory(id: $id, plan: KEEP_MANUAL)', company.directory.id)).toEqual([
      'NOT_ALLOWED',
    ]);
    await company.change('grantRole', id, owner);
    expect(await codes('disconnectDirectory(id: $id, plan: DELETE)', company.directory.id)).toEqual(['NOT_ALLOWED']);
    expect(await company.setRules()).toEqual([]);
    expect(await codes('disconnectDirectory(id: $id, plan: KEEP_MANUAL)', company.directory.id)).toEqual([]);
    expect(await company.keysOf(id)).toEqual(['owner']);
  });

  test('I15 is not undone: a creation, or an activation, of the last owner stands', async () => {
    const id = await create('undone');
    const { data } = await company.ask('query ($id: ID!) { user(id: $id) { history { nodes { id name } } } }', { id });
    const made = data.user.history.nodes.find(({ name }: { name: string }) => name === 'user.created').id;
    await company.change('grantRole', id, owner);
    expect(await codes('undoEvent(id: $id)', made)).not.toEqual([]);
    expect((await company.person(id)).status).toBe('ACTIVE');
  });

  test('I15 of sixteen owners who go at once, whatever way, one stays', async () => {
    const linked = await Promise.all(Array.from({ length: 8 }, (_, index) => create(`linked${index}`)));
    const ids = await Promise.all(Array.from({ length: 8 }, (_, index) => company.newUser(`own${index}`)));
    for (const id of [...linked, ...ids]) expect(await company.change('grantRole', id, owner)).toEqual([]);
    const ways = [deactivate, (id: string) => company.change('revokeRole', id, owner)];
    const statuses = linked.map(async (id) => (await company.entra.patch(`/Users/${id}`, inactive)).status);
    await Promise.all([...ids.map((id, index) => ways[index % 2]!(id)), ...statuses]);
    expect(new Set(await Promise.all(statuses))).toEqual(new Set([200]));
    const active = await Promise.all((await company.holders(owner)).map((id) => company.person(id)));
    expect(active.filter(({ status }) => status === 'ACTIVE')).toHaveLength(1);
  });
});
