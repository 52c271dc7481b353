import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { sampleCompany } from '../../src/entra/company.ts';
import { expectations } from '../../src/entra/expectations.ts';
import { provision } from '../../src/entra/provision.ts';
import { askAs } from '../graphql/ask.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { oauthDirectory, requestToken } from '../support/oauth-client.ts';
import { disagreements } from '../support/read-back.ts';
import { scimClient } from '../support/scim-client.ts';
import { answered, newStage, rowsOf, type Stage, shadowsOf, WITHIN } from './stage.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const company = sampleCompany({ people: 40, groups: 6, seed: 11 });
const scenario = 'joiners-movers-leavers';
const from = ({ directory: { scim, token } }: Stage) => ({
  url: scim,
  token,
  directory: company,
  dialect: 'mixed' as const,
});

const write = ({ tenant }: Stage, text: string, values: unknown[] = []) =>
  hub.running.database.session(tenant.id, (session) => session.ask({ text, values }));

const idOf = (answer: { body: object }) => (answer.body as { id: string }).id;
const ada = { userName: 'ada@x.example', externalId: 'oid-ada', title: 'Countess' };

const REPORT = `rehearsal { phase requests created updated deactivated deleted groupsCreated groupsUpdated groupsDeleted
  membersAdded membersRemoved refused sample(first: 3) { name } }`;

const report = async ({ ask, directory }: Stage) => {
  const { data, errors } = await ask(`query ($id: ID!) { directory(id: $id) { state ${REPORT} } }`, {
    id: directory.id,
  });
  expect(errors).toBeUndefined();
  return data.directory;
};

describe('a rehearsal', () => {
  test('C10 of whole cycles leaves every row of the tenant as it was', async () => {
    const stage = await newStage(hub);
    await provision({ ...from(stage), cycles: 1 });
    expect(await stage.set(true)).toEqual({ directory: { state: 'REHEARSAL' }, problems: [] });
    await answered(stage);
    const before = await rowsOf(hub, stage.tenant.id);
    const rehearsed = await provision({ ...from(stage), cycles: 3, scenario });
    expect(rehearsed.refusals).toEqual([]);
    expect(await disagreements(stage.directory, expectations(company, { cycles: 3, scenario }))).toEqual([]);
    expect(await rowsOf(hub, stage.tenant.id)).toEqual(before);
    const { rehearsal } = await report(stage);
    expect(rehearsal).toMatchObject({ phase: 'OPEN', created: expect.any(Number), refused: 0 });
    expect(rehearsal.created).toBeGreaterThan(0);
    expect(rehearsal.updated).toBeGreaterThan(0);
  });

  test('C10 is answered as if it were applied', async () => {
    const stage = await newStage(hub);
    const { entra } = stage;
    const old = idOf(await entra.post('/Users', { userName: 'old@x.example' }));
    const oldGroup = await entra.group('Staff', [old]);
    const tag = (await entra.get(`/Groups/${oldGroup}`)).headers.get('etag');
    await stage.set(true);
    await answered(stage);
    expect((await entra.get(`/Groups/${oldGroup}`)).headers.get('etag')).toBe(tag);
    const made = await entra.post('/Users', ada);
    expect(made.status).toBe(201);
    const id = idOf(made);
    expect((await entra.get(`/Users/${id}`)).body).toMatchObject(ada);
    expect((await entra.get('/Users?filter=userName eq "ada@x.example"')).body.totalResults).toBe(1);
    expect((await entra.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Author' })).body).toMatchObject({
      title: 'Author',
    });
    expect((await entra.post('/Users', ada)).status).toBe(409);
    expect((await entra.post('/Users', { userName: 'OLD@x.example' })).status).toBe(409);
    const group = await entra.group('Engineers', [id, old]);
    expect((await entra.members(group)).toSorted()).toEqual([id, old].toSorted());
    expect((await entra.delete(`/Users/${old}`)).status).toBe(204);
    expect((await entra.get(`/Users/${old}`)).status).toBe(404);
    const { data } = await stage.ask(
      'query ($old: ID!, $id: ID!) { old: user(id: $old) { status } new: user(id: $id) { status } teams { nodes { name } } }',
      { old, id },
    );
    expect(data).toMatchObject({ old: { status: 'ACTIVE' }, new: null, teams: { nodes: [{ name: 'Staff' }] } });
  });

  test('C10 is in the log of the tenant, with what each request would have changed', async () => {
    const stage = await newStage(hub);
    await stage.set(true);
    await answered(stage);
    const made = await stage.entra.post('/Users', ada);
    await stage.entra.post('/Users', ada);
    const requests = async () => {
      const { data } = await stage.ask(
        `query ($id: ID!) { directory(id: $id) { syncRuns { nodes { id } }
           requests { nodes { method status rehearsed changes { name subjectId } } } } }`,
        { id: stage.directory.id },
      );
      const { syncRuns, requests } = data.directory;
      expect(syncRuns.nodes).toEqual([]);
      return requests.nodes.filter(({ method }: { method: string }) => method === 'POST');
    };
    await expect.poll(async () => (await requests()).length, WITHIN).toBe(2);
    expect(await requests()).toEqual([
      { method: 'POST', status: 409, rehearsed: true, changes: [expect.objectContaining({ name: 'request.refused' })] },
      { method: 'POST', status: 201, rehearsed: true, changes: [{ name: 'user.created', subjectId: idOf(made) }] },
    ]);
    expect(await report(stage)).toMatchObject({
      state: 'REHEARSAL',
      rehearsal: {
        requests: 3,
        created: 1,
        refused: 1,
        sample: [{ name: 'request.refused' }, { name: 'user.created' }],
      },
    });
  });

  test('C10 lets no request through that was signed in before it began', async () => {
    const stage = await newStage(hub);
    const { entra } = stage;
    const id = idOf(await entra.post('/Users', ada));
    const group = await entra.group('Staff', [id]);
    await entra.get('/Users');
    await stage.set(true);
    const before = await rowsOf(hub, stage.tenant.id);
    const late = await Promise.all([
      entra.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Late' }),
      entra.post('/Users', { userName: 'late' }),
      entra.post('/Groups', { displayName: 'Late' }),
      entra.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${id}"]` }),
      entra.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: id }] }),
      entra.delete(`/Groups/${group}`),
      entra.delete(`/Users/${id}`),
    ]);
    const after = (await rowsOf(hub, stage.tenant.id)).filter((row) => !row.includes('request.refused'));
    expect(after).toEqual(before);
    for (const { status, headers } of late) if (status === 503) expect(headers.get('retry-after')).toBe('2');
  });

  test('C10 is begun once, by a directory that is there, and ended only where there is one', async () => {
    const stage = await newStage(hub);
    expect(await stage.set(false)).toMatchObject({ directory: null, problems: [{ code: 'NOT_ALLOWED' }] });
    expect(await stage.discard()).toMatchObject({ directory: null, problems: [{ code: 'NOT_ALLOWED' }] });
    await stage.set(true);
    expect(await stage.set(true)).toMatchObject({ directory: null, problems: [{ code: 'NOT_ALLOWED' }] });
    const other = await newStage(hub);
    const { data } = await other.ask(
      'mutation ($id: ID!) { setRehearsal(directory: $id, on: true) { problems { code } } }',
      { id: stage.directory.id },
    );
    expect(data.setRehearsal.problems).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('C10 of a directory that is disconnected ends, and the directory cannot begin another', async () => {
    const stage = await newStage(hub);
    await stage.set(true);
    await answered(stage);
    await stage.entra.post('/Users', ada);
    const { data } = await stage.ask(
      'mutation ($id: ID!) { disconnectDirectory(id: $id, plan: KEEP_MANUAL) { directory { state } problems { message } } }',
      { id: stage.directory.id },
    );
    expect(data.disconnectDirectory).toEqual({ directory: { state: 'DISCONNECTED' }, problems: [] });
    expect(await shadowsOf(hub, stage.tenant.id)).toEqual([]);
    expect(await stage.set(true)).toMatchObject({ problems: [{ code: 'NOT_ALLOWED' }] });
    const users = await stage.ask('{ users { totalCount } }');
    expect(users.data.users.totalCount).toBe(0);
  });

  test('C10 asks the directory to come back while it is prepared or accepted', async () => {
    const stage = await newStage(hub);
    await stage.set(true);
    const become = (phase: string) => write(stage, 'update rehearsals set phase = $1', [phase]);
    // Whoever holds this is taken for the one who is at it.
    const mine = await hub.running.hub.storage.shadows.alone(uuidOf('dir', stage.directory.id)!, async () => {
      for (const phase of ['COPYING', 'ACCEPTING']) {
        await become(phase);
        await expect.poll(async () => (await stage.entra.get('/Users')).status, WITHIN).toBe(503);
        const turnedAway = await stage.entra.post('/Users', ada);
        expect([turnedAway.status, turnedAway.headers.get('retry-after')]).toEqual([503, '2']);
      }
      expect(await stage.discard()).toMatchObject({ problems: [{ code: 'NOT_ALLOWED' }] });
      await become('OPEN');
    });
    expect(mine).toBe(true);
    await answered(stage);
  });

  test('C10 of a draft leaves a draft when it is discarded, and an active directory when it is accepted', async () => {
    const stage = await newStage(hub);
    await write(stage, `update directories set state = 'DRAFT'`);
    await stage.set(true);
    expect(await stage.discard()).toEqual({ directory: { state: 'DRAFT' }, problems: [] });
    await stage.set(true);
    expect(await stage.set(false)).toEqual({ directory: { state: 'ACTIVE' }, problems: [] });
  });

  test('C10 signs in by OAuth as before', async () => {
    const { tenant, directory, newSecret, ask } = await oauthDirectory(hub);
    const { secret } = await newSecret();
    const form = { grant_type: 'client_credentials', client_id: directory.id, client_secret: secret };
    await requestToken(hub, form);
    await ask('mutation ($id: ID!) { setRehearsal(directory: $id, on: true) { problems { code } } }', {
      id: directory.id,
    });
    const { status, body } = await requestToken(hub, form);
    expect(status).toBe(200);
    const client = scimClient({ ...directory, token: String(body.access_token) });
    const made = await client.post('/Users', ada);
    expect(made.status).toBe(201);
    expect((await askAs(hub, tenant.key)('{ users { totalCount } }')).data.users.totalCount).toBe(0);
  });

  test('C10 of one directory leaves the others of the company alone', async () => {
    const stage = await newStage(hub);
    const other = scimClient(await hub.newDirectory(stage.tenant.id));
    await stage.set(true);
    await answered(stage);
    await stage.entra.post('/Users', ada);
    expect((await other.post('/Users', ada)).status).toBe(201);
    expect((await stage.ask('{ users { nodes { userName } } }')).data.users.nodes).toEqual([
      { userName: ada.userName },
    ]);
  });
});

describe('an accepted rehearsal', () => {
  test('C10 has become true under the ids that were told', async () => {
    const stage = await newStage(hub);
    await provision({ ...from(stage), cycles: 1 });
    await stage.set(true);
    await answered(stage);
    await provision({ ...from(stage), cycles: 3, scenario });
    const told = await listed(stage);
    expect(await stage.set(false)).toEqual({ directory: { state: 'ACTIVE' }, problems: [] });
    await answered(stage);
    expect(await listed(stage)).toEqual(told);
    expect(await disagreements(stage.directory, expectations(company, { cycles: 3, scenario }))).toEqual([]);
    expect(await report(stage)).toMatchObject({ rehearsal: null });
    const { data } = await stage.ask('{ users { totalCount } }');
    const { body } = await stage.entra.get('/Users?filter=active eq true&count=0');
    expect(data.users.totalCount).toBeGreaterThanOrEqual(Number(body.totalResults));
  });

  test('C10 leaves nothing for the next cycle of Entra to send', async () => {
    const stage = await newStage(hub);
    await stage.set(true);
    await answered(stage);
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-entra-'));
    const stateFile = join(folder, 'state.json');
    await provision({ ...from(stage), cycles: 1, stateFile });
    await stage.set(false);
    await answered(stage);
    const before = await rowsOf(hub, stage.tenant.id);
    const { cycles, refusals } = await provision({ ...from(stage), cycles: 1, stateFile });
    await rm(folder, { recursive: true });
    expect(refusals).toEqual([]);
    expect(cycles[0]).toMatchObject({ patches: 0, createdUsers: 0, createdGroups: 0 });
    const written = (rows: string[]) => rows.filter((row) => !/^(sync_runs|rehearsals) /.test(row));
    expect(written(await rowsOf(hub, stage.tenant.id))).toEqual(written(before));
  });

  test('C10 changes each person by one event of their own, which names the rehearsal', async () => {
    const stage = await newStage(hub);
    const old = idOf(await stage.entra.post('/Users', { userName: 'old@x.example', title: 'One' }));
    await stage.set(true);
    await answered(stage);
    const id = idOf(await stage.entra.post('/Users', ada));
    for (const value of ['Two', 'Three'])
      await stage.entra.patch(`/Users/${old}`, { op: 'replace', path: 'title', value });
    await stage.set(false);
    const { data } = await stage.ask(
      `query ($old: ID!, $id: ID!) { old: user(id: $old) { title history { nodes { name cause } } }
         new: user(id: $id) { title history { nodes { name cause actor } } } }`,
      { old, id },
    );
    const cause = expect.stringMatching(/^tnt_/);
    expect(data.old).toMatchObject({
      title: 'Three',
      history: { nodes: [{ name: 'user.updated', cause }, { cause: null }] },
    });
    expect(data.new).toMatchObject({
      title: 'Countess',
      history: { nodes: [{ name: 'user.created', cause, actor: stage.directory.id }] },
    });
  });

  test('C10 skips what clashes with what happened meanwhile, and says so', async () => {
    const stage = await newStage(hub);
    await stage.set(true);
    await answered(stage);
    const id = idOf(await stage.entra.post('/Users', ada));
    const bob = idOf(await stage.entra.post('/Users', { userName: 'bob@x.example' }));
    const group = await stage.entra.group('Staff', [id, bob]);
    await stage.ask('mutation ($name: String!) { createUser(input: { userName: $name }) { problems { message } } }', {
      name: ada.userName,
    });
    expect(await stage.set(false)).toEqual({ directory: { state: 'ACTIVE' }, problems: [] });
    await answered(stage);
    expect((await stage.entra.get(`/Users/${id}`)).status).toBe(404);
    expect(await stage.entra.members(group)).toEqual([bob]);
    const { data } = await stage.ask(
      '{ events(names: ["directory.rehearsal.skipped"]) { nodes { subjectId changes { key to } } } }',
    );
    expect(data.events.nodes).toMatchObject([
      { subjectId: id, changes: expect.arrayContaining([{ key: 'code', to: 'NOT_UNIQUE' }]) },
      { subjectId: group },
    ]);
  });

  test('C10 gives away names that were freed, in whatever order', async () => {
    const stage = await newStage(hub);
    const { entra } = stage;
    const [a, b] = await entra.people('a@x.example', 'b@x.example');
    await stage.set(true);
    await answered(stage);
    await entra.patch(`/Users/${b}`, { op: 'replace', path: 'userName', value: 'c@x.example' });
    await entra.patch(`/Users/${a}`, { op: 'replace', path: 'userName', value: 'b@x.example' });
    const c = idOf(await entra.post('/Users', { userName: 'a@x.example' }));
    await stage.set(false);
    await answered(stage);
    const names = await Promise.all([a, b, c].map(async (id) => (await entra.get(`/Users/${id}`)).body.userName));
    expect(names).toEqual(['b@x.example', 'c@x.example', 'a@x.example']);
  });

  test('DS5 does not bring back who was erased meanwhile, of whom the copy keeps nothing either', async () => {
    const stage = await newStage(hub);
    const id = idOf(await stage.entra.post('/Users', ada));
    await stage.set(true);
    await answered(stage);
    await stage.entra.patch(`/Users/${id}`, { op: 'Replace', path: 'title', value: 'Countess of Lovelace' });
    const [shadow] = await shadowsOf(hub, stage.tenant.id);
    const { data } = await stage.ask(
      `mutation ($id: ID!) { eraseUser(id: $id, confirm: "${ada.userName}") { problems { code } } }`,
      { id },
    );
    expect(data.eraseUser.problems).toEqual([]);
    expect((await rowsOf(hub, shadow!)).join()).not.toMatch(/oid-ada|Countess/);
    await stage.set(false);
    await answered(stage);
    expect((await stage.entra.get(`/Users/${id}`)).status).toBe(404);
    expect((await rowsOf(hub, stage.tenant.id)).join()).not.toMatch(/oid-ada|Countess/);
  });

  /** Every record of the directory by id, without what only versions say. */
  async function listed({ entra }: Stage): Promise<Map<string, unknown>> {
    const records = new Map<string, unknown>();
    for (const place of ['Users', 'Groups']) {
      const { body } = await entra.get(`/${place}?count=200`);
      for (const { meta: _, ...record } of body.Resources as unknown as { id: string; meta: object }[])
        records.set(record.id, record);
    }
    return records;
  }
});

describe('a discarded rehearsal', () => {
  test('C10 was nothing: the directory is as before and what it was told of is 404', async () => {
    const stage = await newStage(hub);
    const old = idOf(await stage.entra.post('/Users', { userName: 'old@x.example' }));
    await stage.set(true);
    await answered(stage);
    const id = idOf(await stage.entra.post('/Users', ada));
    await stage.entra.delete(`/Users/${old}`);
    const [shadow] = await shadowsOf(hub, stage.tenant.id);
    expect(await stage.discard()).toEqual({ directory: { state: 'ACTIVE' }, problems: [] });
    await answered(stage);
    expect((await stage.entra.get(`/Users/${id}`)).status).toBe(404);
    expect((await stage.entra.get(`/Users/${old}`)).status).toBe(200);
    expect((await stage.entra.post('/Users', ada)).status).toBe(201);
    // The rows of the copy go in the background.
    await expect.poll(() => rowsOf(hub, shadow!), { timeout: 30_000 }).toEqual([]);
  });
});
