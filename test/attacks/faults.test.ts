import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { ownerOf } from './support/database.ts';
import { type Intruder, intruder, isScimError, operations } from './support/intruder.ts';
import { knock, type Reply, whisper } from './support/knock.ts';
import { eventsOf } from './support/state.ts';

let hub: Hub;
let owner: Awaited<ReturnType<typeof ownerOf>>;
let tenantId: string;
let directory: TestDirectory;
let send: Intruder;
const escaped: unknown[] = [];
const noteEscape = (error: unknown) => void escaped.push(error);
beforeAll(async () => {
  process.on('uncaughtException', noteEscape).on('unhandledRejection', noteEscape);
  hub = await startHub();
  owner = await ownerOf(hub);
});
afterAll(async () => {
  await owner?.close();
  await hub?.stop();
  process.off('uncaughtException', noteEscape).off('unhandledRejection', noteEscape);
});
beforeEach(async () => {
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
  send = intruder(directory);
});
afterEach(() => {
  expect(escaped.splice(0)).toEqual([]);
});

/** An answer that says no more than it should: done, or unavailable for now. */
function demandHonest(reply: Reply): void {
  expect([reply.status, reply.text]).toEqual([expect.toBeOneOf([200, 201, 204, 409, 503]), expect.any(String)]);
  if (reply.status !== 503) return;
  expect(isScimError(reply)).toBe(true);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(reply.text).not.toMatch(/ECONN|57P01|terminat|pg_|pool|socket|select|insert|node_modules|127\.0\.0\.1/i);
}

/** Keeps asking until the hub serves again. */
async function demandHealed(): Promise<void> {
  const answers: number[] = [];
  for (let attempt = 0; attempt < 40; attempt++) {
    answers.push((await send('GET', '/Users?count=1')).status);
    if (answers.at(-1) === 200) return;
    await sleep(100);
  }
  throw new Error(`never healed: ${answers}`);
}

describe('database connections that are ended under load', () => {
  test('I1 I2 each acknowledged write is there once with one event, and every answer is 2xx or 503', async () => {
    const group = (await send('POST', '/Groups', { displayName: 'G' })).json.id;
    const acknowledged: string[] = [];
    const joined: string[] = [];
    let running = true;
    const write = async (lane: number) => {
      for (let index = 0; running; index++) {
        const userName = `p${lane}-${index}`;
        const made = await send('POST', '/Users', { userName });
        demandHonest(made);
        if (made.status !== 201) continue;
        acknowledged.push(made.json.id);
        const patched = await send(
          'PATCH',
          `/Users/${made.json.id}`,
          operations({ op: 'add', path: 'title', value: 't' }),
        );
        demandHonest(patched);
        const delta = operations({ op: 'add', path: 'members', value: [{ value: made.json.id }] });
        // Half of them by a statement, half by a transaction.
        if (index % 2) delta.Operations.push({ op: 'replace', path: 'displayName', value: `G${userName}` });
        const added = await send('PATCH', `/Groups/${group}`, delta);
        demandHonest(added);
        if (added.status === 204) joined.push(made.json.id);
      }
    };
    const lanes = Array.from({ length: 12 }, (_, lane) => write(lane));
    let killed = 0;
    for (let round = 0; round < 15; round++) {
      await sleep(60);
      killed += await owner.kill();
    }
    running = false;
    await Promise.all(lanes);
    expect(killed).toBeGreaterThan(15);
    await demandHealed();
    expect(acknowledged.length).toBeGreaterThan(15);
    const there = await hub.running.database.session(tenantId, (session) =>
      session.ask<{ id: string; version: number; events: number }>({
        text: `select u.user_name as id, u.version, (select count(*)::int from events e where e.subject_id = u.id) as events from users u`,
        values: [],
      }),
    );
    expect(there.filter(({ version, events }) => version !== events)).toEqual([]);
    for (const id of acknowledged) expect((await send('GET', `/Users/${id}`)).status).toBe(200);
    const members = (await send('GET', `/Groups/${group}`)).json.members.map(({ value }: { value: string }) => value);
    expect(joined.filter((id) => !members.includes(id))).toEqual([]);
    const joins = await eventsOf(hub, tenantId, 'team.members.added');
    expect(joins).toHaveLength(members.length);
  });

  test('A53 in the middle of a transaction answer 503 and change nothing', async () => {
    const people = await Promise.all(
      ['a', 'b'].map(async (userName) => (await send('POST', '/Users', { userName })).json.id),
    );
    const group = (await send('POST', '/Groups', { displayName: 'G' })).json.id;
    for (const when of [1, 5, 20]) {
      await owner.ask('begin');
      await owner.ask(`select * from directory_groups for update`);
      const change = operations(
        { op: 'replace', path: 'displayName', value: 'H' },
        { op: 'replace', path: 'members', value: people.map((value) => ({ value })) },
      );
      const waiting = send('PATCH', `/Groups/${group}`, change);
      await sleep(50 + when);
      await owner.kill();
      await owner.ask('rollback');
      const reply = await waiting;
      expect(reply.status).toBe(503);
      demandHonest(reply);
      await demandHealed();
      const { json } = await send('GET', `/Groups/${group}`);
      expect([json.displayName, json.members]).toEqual(['G', []]);
    }
  });

  test('while nobody uses them are replaced, and nobody notices', async () => {
    await demandHealed();
    for (let round = 0; round < 5; round++) {
      await owner.kill();
      await sleep(200);
      expect((await send('GET', '/Users')).status).toBe(200);
    }
  });
});

describe('a pool whose connections are all taken', () => {
  test('answers 503 with Retry-After, keeps /healthz, says so at /readyz, and heals', async () => {
    let free = () => {};
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const holders = Array.from({ length: 10 }, () => hub.running.database.session(tenantId, () => held));
    await sleep(100);
    const replies = await Promise.all([
      send('GET', '/Users'),
      send('POST', '/Users', { userName: 'late' }),
      send('POST', '/Users', {}),
      send('PATCH', '/Groups/grp_00000000000000000000000000', operations()),
    ]);
    for (const reply of replies) {
      expect(reply.status).toBe(503);
      demandHonest(reply);
    }
    expect((await knock(hub.url, { path: '/healthz' })).status).toBe(200);
    const ready = await knock(hub.url, { path: '/readyz' });
    expect([ready.status, ready.json.database]).toEqual([503, 'down']);
    free();
    await Promise.all(holders);
    await demandHealed();
    expect((await knock(hub.url, { path: '/readyz' })).status).toBe(200);
  });
});

test('a transaction that the database undoes to end a deadlock is decided again, and counts once', async () => {
  const [group] = await Promise.all(
    ['G', 'H'].map(async (displayName) => (await send('POST', '/Groups', { displayName })).json.id as string),
  );
  const own = `where tenant_id = '${tenantId}'`;
  await owner.ask(`set deadlock_timeout = '30s'`);
  await owner.ask('begin');
  await owner.ask(`update directory_groups set display_name_key = 'taken' ${own} and display_name = 'H'`);
  // The hub holds G and waits for the name; now the other side waits for G, which the hub's backend finds out.
  const waiting = send('PUT', `/Groups/${group}`, { displayName: 'taken' });
  await sleep(300);
  expect(await owner.ask(`select 1 from directory_groups ${own} and display_name = 'G' for update`)).toHaveLength(1);
  await owner.ask('rollback');
  const { status, json } = await waiting;
  expect([status, json.displayName]).toEqual([200, 'taken']);
  expect(await eventsOf(hub, tenantId, 'group.updated')).toHaveLength(1);
});

describe('a client that goes away', () => {
  const head = (method: string, path: string, length: number) =>
    `${method} /scim/v2${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${directory.token}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

  test('in the middle of its body leaves no trace and no unhandled error', async () => {
    const bodies = ['', '{', '{"userName":"gone"', '{"Operations":['];
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        whisper(
          hub.url,
          head(index % 2 ? 'POST' : 'PATCH', index % 2 ? '/Users' : '/Users/x', 500) + bodies[index % 4],
          5 + index * 3,
        ),
      ),
    );
    await sleep(100);
    expect((await send('GET', '/Users')).json.totalResults).toBe(0);
  });

  test('before the answer still has its write counted, and leaves nothing taken', async () => {
    const body = (index: number) => `{"userName":"quick${index}"}`;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        whisper(hub.url, head('POST', '/Users', body(index).length) + body(index), index % 8),
      ),
    );
    await sleep(300);
    const { json } = await send('GET', '/Users');
    expect(await eventsOf(hub, tenantId, 'user.created')).toHaveLength(json.totalResults);
  });

  test('in the middle of a long answer leaves the hub serving others', async () => {
    await Promise.all(
      Array.from({ length: 150 }, (_, index) =>
        send('POST', '/Users', { userName: `u${index}`, title: 'x'.repeat(8_000) }),
      ),
    );
    await Promise.all(
      Array.from({ length: 30 }, (_, index) => whisper(hub.url, head('GET', '/Users?count=200', 0), 5 + index * 4)),
    );
    expect((await send('GET', '/Users?count=200')).json.Resources).toHaveLength(150);
  });
});
