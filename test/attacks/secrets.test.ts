import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { execute } from '../support/copy-database.ts';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { databaseOf } from './support/database.ts';
import { filter, intruder, operations } from './support/intruder.ts';
import { knock, type Reply, whisper } from './support/knock.ts';
import { eventsOf } from './support/state.ts';

let hub: Hub;
let tenantId: string;
let directory: TestDirectory;
const printed: string[] = [];
beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    vi.spyOn(stream, 'write').mockImplementation(((text: string, ...rest: never[]) => {
      printed.push(String(text));
      return write(text, ...rest);
    }) as never);
  }
  hub = await startHub();
  tenantId = (await hub.newTenant()).id;
  directory = await hub.newDirectory(tenantId);
});
afterAll(async () => {
  await hub?.stop();
  vi.restoreAllMocks();
});

const PII = 'canary-5f3a';
const PASSWORD = 'canary-pass-91c2';

/** Puts the canaries into every place that a client can reach; returns what came back. */
async function spray(): Promise<Reply[]> {
  const send = intruder(directory);
  const { token } = directory;
  const full = {
    userName: `${PII}@x`,
    password: PASSWORD,
    displayName: PII,
    emails: [{ type: 'work', value: PII }],
    [PII]: PII,
  };
  const made = await send('POST', '/Users', full);
  const place = `/Users/${made.json.id}`;
  return [
    made,
    await send('POST', '/Users', full),
    await send('POST', '/Users', { ...full, userName: [PII, PII] }),
    await send('POST', '/Users', `{"userName":"${PII}"`),
    await send('POST', '/Users', { userName: `${PII}\0` }),
    await send('POST', '/Users', { userName: PII.repeat(2_000) }),
    await send('PUT', place, { displayName: PII }),
    await send('PUT', place, { ...full, active: PII }),
    await send('PATCH', place, operations({ op: PII, path: PII, value: PII })),
    await send('PATCH', place, operations({ op: 'add', path: `emails[value eq "${PII}"].${PII}.${PII}[`, value: PII })),
    await send('PATCH', place, operations({ op: 'add', path: `groups[value eq "${PII}"]`, value: PII })),
    await send('PATCH', place, operations({ op: 'add', path: 'password', value: PASSWORD })),
    await send('PATCH', place, operations({ op: 'add', value: { password: PASSWORD, active: PII } })),
    await send('GET', `/Users${filter(`userName eq "${PII}`)}`),
    await send('GET', `/Users${filter(`password eq "${PASSWORD}"`)}`),
    await send('GET', `/Users?count=${PII}&startIndex=${PII}`),
    await send('GET', `/Users/${PII}`),
    await send('POST', '/Groups', { displayName: PII, members: [{ value: PII }] }),
    await send('GET', '/Users', undefined, {
      Authorization: `Bearer ${token}x`,
      Cookie: `t=${token}`,
      'X-Secret': PASSWORD,
    }),
    await send('GET', '/Users', undefined, {
      Authorization: `Basic ${Buffer.from(`u:${PASSWORD}`).toString('base64')}`,
    }),
    await knock(hub.url, { path: `/?token=${token}`, headers: { 'X-Api-Key': token } }),
    await knock(hub.url, { path: '/scim/v2/Users', headers: { Authorization: `Bearer ${hub.adminKey}` } }),
  ];
}

const secrets = () => [directory.token, hub.adminKey, directory.token.split('_')[3]!, PASSWORD];

describe('canaries in every field, header and wrong place', () => {
  test('A53 tokens and passwords come back in no answer and reach no log, event, row or metric', async () => {
    const answers = (await spray()).map(({ text, headers }) => text + JSON.stringify(headers));
    const dump = await hub.running.database.session(tenantId, async (session) => {
      const rows: string[] = [];
      for (const table of ['users', 'user_sources', 'events', 'directory_groups', 'credentials', 'directories']) {
        const found = await session.ask<{ row: string }>({
          text: `select to_jsonb(t)::text as row from ${table} t`,
          values: [],
        });
        rows.push(...found.map(({ row }) => row));
      }
      return rows;
    });
    const metrics = (await knock(hub.url, { path: '/metrics' })).text;
    const everything = [...answers, ...dump, metrics, ...hub.log, ...printed].join('\n');
    for (const secret of secrets())
      expect([secret.slice(0, 14), everything.includes(secret)]).toEqual([expect.any(String), false]);
  });

  test('A53 personal data reach no log, no metric, no event of a refusal and no later error of another directory', async () => {
    await spray();
    const other = intruder(await hub.newDirectory());
    const errors = [
      await other('POST', '/Users', {}),
      await other('POST', '/Users', '{'),
      await other('PATCH', '/Users/x', operations({ op: 'x' })),
      await other('GET', `/Users${filter('x')}`),
      await other('GET', '/x'),
    ].map(({ text }) => text);
    const refusals = JSON.stringify(await eventsOf(hub, tenantId, 'request.refused'));
    // What stands in the address of a request is named by its refusal; it is an id, or nothing that is there.
    expect(refusals.replaceAll(`GET /scim/v2/Users/${PII}`, '')).not.toContain(PII);
    const { text: metrics } = await knock(hub.url, { path: '/metrics' });
    expect([...errors, metrics, ...hub.log, ...printed].join('\n')).not.toContain(PII);
  });

  test('A53 a failure inside is logged without what was sent, and answered without what failed', async () => {
    const send = intruder(directory);
    const before = hub.log.length;
    const reply = await broken(() =>
      send('POST', '/Users', { userName: `${PII}-late`, title: PII, password: PASSWORD }),
    );
    expect(reply.status).toBe(500);
    expect(reply.json.detail).toBe(`Something went wrong here. Request ${reply.headers['x-request-id']}.`);
    const lines = hub.log.slice(before).join('\n');
    expect(lines).toContain(reply.headers['x-request-id']);
    for (const secret of [...secrets(), PII]) expect(lines).not.toContain(secret);
    expect(reply.text).not.toMatch(/user_sources|select|insert|constraint|relation|\.ts|node_modules/i);
  });
});

/** Does it while the database refuses every row of that kind. */
async function broken(work: () => Promise<Reply>): Promise<Reply> {
  const url = await databaseOf(hub);
  await execute(url, `alter table user_sources add constraint no_more check (user_name not like '%-late') not valid`);
  try {
    return await work();
  } finally {
    await execute(url, 'alter table user_sources drop constraint no_more');
  }
}

test('A53 half a request, a broken one and one in another protocol leave nothing in the log', async () => {
  const before = hub.log.length;
  for (const bytes of [`GET /?${PII}`, `${PII}\r\n\r\n`, `\x16\x03\x01${PII}`, `GET / HTTP/9.9\r\nX: ${PII}\r\n\r\n`])
    await whisper(hub.url, bytes, 200);
  expect(hub.log.slice(before).join('\n')).not.toContain(PII);
});
