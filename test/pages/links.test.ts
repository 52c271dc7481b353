import { afterAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { follow, openStage, person, statusOf } from './support.ts';

const { hub, post, tenant, ask, invited, newAddress, age, sql, close } = await openStage();
afterAll(close);

describe('a link', () => {
  test('A33 is won by exactly one of 64 who follow it at once', async () => {
    const { id, link } = await invited();
    const answers = await Promise.all(Array.from({ length: 64 }, () => follow(link)));
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(200), count(410)]).toEqual([1, 63]);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
    const events = await sql(`select 1 from events where subject_id = $1 and name = 'user.activated'`, [
      uuidOf('usr', id),
    ]);
    expect(events).toHaveLength(1);
  });

  test('A33 ends after 72 hours, and says that there can be a new one', async () => {
    const { id, link } = await invited();
    const [row] = await sql(
      'select expires_at - created_at = $2::interval as right from invitations where user_id = $1',
      [uuidOf('usr', id), '72 hours'],
    );
    expect(row).toEqual({ right: true });
    await age(id, '72 hours');
    for (const method of ['GET', 'POST'] as const) {
      const { status, text } = await follow(link, method);
      expect(status).toBe(410);
      expect(text).toMatch(/expired.*new one/s);
    }
    expect(await statusOf(ask, id)).toBe('INVITED');
  });

  test('A33 is of no use to a person whose e-mail is another now, and none to the other address', async () => {
    const { id, link } = await invited();
    const update =
      'mutation($id: ID!, $input: UpdateUserInput!) { updateUser(id: $id, input: $input) { problems { message } } }';
    await ask(update, { id, input: { email: 'eve@evil.example' } });
    expect((await follow(link)).status).toBe(410);
    expect(await statusOf(ask, id)).toBe('INVITED');
    expect(post.caught.some(({ to }) => to.includes('eve@evil.example'))).toBe(false);
  });

  test.each([
    ['deactivateUser', 'DEACTIVATED'],
    ['deleteUser', null],
    ['activateUser', 'ACTIVE'],
  ])('A33 A39 is of no use once %s has been called', async (command, status) => {
    const { id, link } = await invited();
    await ask(`mutation($id: ID!) { ${command}(id: $id) { problems { message } } }`, { id });
    expect((await follow(link, 'GET')).status).toBe(410);
    expect((await follow(link)).status).toBe(410);
    const kept = await sql('select status from users where id = $1', [uuidOf('usr', id)]);
    expect(kept[0]!.status).toBe(status ?? 'DELETED');
  });

  test('A33 is stored nowhere: no row of any table holds its token or a part of its proof', async () => {
    const { id, link } = await invited();
    const token = link.split('/').at(-1)!;
    const proof = Buffer.from(token, 'base64url').subarray(32);
    const tables = await sql(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'migrations'`,
    );
    for (const { name } of tables) {
      const rows = JSON.stringify(await sql(`select * from ${name}`));
      for (const form of [token, token.slice(43), proof.toString('hex'), proof.toString('base64')])
        expect([name, rows.includes(form)]).toEqual([name, false]);
    }
    expect(hub.log.join('\n')).not.toContain(token);
    expect(await sql('select 1 from invitations where user_id = $1', [uuidOf('usr', id)])).toHaveLength(1);
    expect(await sql('select 1 from outbox')).toEqual([]);
  });

  test('A34 is bound to its purpose, tenant, person and address: a row with another one does not fit it', async () => {
    const { id, link } = await invited();
    const other = await person(ask, newAddress());
    const row = [uuidOf('usr', id)];
    const [before] = await sql('select id, purpose, email, user_id as "user" from invitations where user_id = $1', row);
    const set = (column: string, value: unknown) =>
      sql(`update invitations set ${column} = $1 where id = $2`, [value, before!.id]);
    for (const [column, value] of [
      ['purpose', 'reset'],
      ['email', 'eve@evil.example'],
      ['user_id', uuidOf('usr', other)],
    ] as const) {
      await set(column, value);
      expect([column, (await follow(link)).status]).toEqual([column, 404]);
      await set(column, before![column === 'user_id' ? 'user' : column]);
    }
    expect((await follow(link)).status).toBe(200);
  });

  test('A34 opens nothing else, and no other secret opens it', async () => {
    const { id, link } = await invited();
    const token = link.split('/').at(-1)!;
    const directory = await hub.newDirectory(tenant.id);
    const authorization = `Bearer ${token}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const body = '{"query":"{ viewer { id } }"}';
    expect((await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body })).status).toBe(401);
    expect((await fetch(`${directory.scim}/Users`, { headers })).status).toBe(401);
    const grant = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: directory.id,
      client_secret: token,
    });
    expect((await fetch(`${hub.url}/oauth/token`, { method: 'POST', body: grant })).status).toBe(401);
    for (const secret of [tenant.key, directory.token, hub.adminKey, id, tenant.id])
      expect((await follow(`${hub.url}/activate/${encodeURIComponent(secret)}`)).status).toBe(404);
    expect(await statusOf(ask, id)).toBe('INVITED');
  });

  test('A34 with parts of another link, or one character changed, is unknown', async () => {
    const [one, two] = [await invited(), await invited()];
    const bytesOf = (link: string) => Buffer.from(link.split('/').at(-1)!, 'base64url');
    const [first, second] = [bytesOf(one.link), bytesOf(two.link)];
    const mixed = [
      Buffer.concat([first.subarray(0, 32), second.subarray(32)]),
      Buffer.concat([second.subarray(0, 32), first.subarray(32)]),
      Buffer.concat([Buffer.alloc(16), first.subarray(16)]),
      Buffer.concat([first.subarray(0, 32), Buffer.alloc(32)]),
    ].map((bytes) => bytes.toString('base64url'));
    const token = first.toString('base64url');
    const junk = [
      token.slice(1),
      `${token}A`,
      `${token}=`,
      `${token}/`,
      token.toUpperCase(),
      '',
      '%00',
      'x'.repeat(5_000),
    ];
    const texts = new Set<string>();
    for (const other of [...mixed, ...junk]) {
      for (const method of ['GET', 'POST'] as const) {
        const { status, text } = await follow(`${hub.url}/activate/${other}`, method);
        expect([other, status]).toEqual([other, 404]);
        texts.add(text);
      }
    }
    expect(texts.size).toBe(1);
    expect([await statusOf(ask, one.id), await statusOf(ask, two.id)]).toEqual(['INVITED', 'INVITED']);
  });

  test('A34 spelled with other unused bits is unknown, so that a link has one spelling', async () => {
    const { link } = await invited();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(link.at(-1)!);
    const twin = `${link.slice(0, -1)}${alphabet[last ^ 1]}`;
    expect(Buffer.from(twin.split('/').at(-1)!, 'base64url')).toEqual(
      Buffer.from(link.split('/').at(-1)!, 'base64url'),
    );
    expect((await follow(twin)).status).toBe(404);
    expect((await follow(link)).status).toBe(200);
  });
});

test('the page runs and loads nothing, is framed and kept by nobody, and tells nobody its address', async () => {
  const { link } = await invited();
  const { headers, text } = await follow(link, 'GET');
  const policy = headers.get('content-security-policy')!;
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; frame-ancestors 'none'/,
  );
  expect(policy).not.toContain('unsafe');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).not.toMatch(/<script|style="|https?:/);
  expect(text).toMatch(/<html lang="en">.*<title>.+<\/title>.*<main>.*<h1>/s);
  expect(text).toContain('prefers-color-scheme: dark');
});
