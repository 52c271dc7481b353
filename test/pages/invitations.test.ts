import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { knock } from '../attacks/support/knock.ts';
import { type Ask, askAs } from '../graphql/ask.ts';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';
import { catchMail, type MailCatcher } from '../support/mail-catcher.ts';
import { follow, linkIn, person, sendTo, statusOf } from './support.ts';

let hub: Hub;
let post: MailCatcher;
let tenant: Tenant;
let ask: Ask;
beforeAll(async () => {
  post = await catchMail();
  hub = await startHub(undefined, { smtpUrl: post.url });
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(async () => {
  await hub?.stop();
  await post?.stop();
});

let made = 0;
const newAddress = () => `ada${made++}@nordwind.example`;

/** An invited person with the link that was mailed to them. */
async function invited(more: object = {}, email = newAddress()) {
  const id = await person(ask, email, more);
  expect(await sendTo(ask, id)).toEqual({ status: 'INVITED', problems: [] });
  const caught = await post.to(email);
  return { id, email, caught, link: linkIn(caught) };
}

const sql = (text: string, values: unknown[] = []) =>
  hub.running.database.session(tenant.id, (session) => session.ask<Record<string, unknown>>({ text, values }));

/** As if so much time had gone by since the person's links were made. */
const age = (id: string, time: string) =>
  sql(
    `update invitations set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
     where tenant_id = $3 and user_id = $1`,
    [uuidOf('usr', id), time, tenant.id],
  );

describe('an invitation', () => {
  test('S26 arrives by mail, and its link activates the person once: the second click is 410', async () => {
    const { id, email, caught, link } = await invited({ displayName: 'Ada Lovelace' });
    expect(caught.to).toEqual([email]);
    expect(caught.mail.to).toEqual([{ name: 'Ada Lovelace', address: email }]);
    expect(caught.mail.subject).toBe('Activate your account');
    expect(link.startsWith(`${hub.url}/activate/`)).toBe(true);
    expect(await statusOf(ask, id)).toBe('INVITED');
    const first = await follow(link);
    expect([first.status, await statusOf(ask, id)]).toEqual([200, 'ACTIVE']);
    expect(first.text).toContain('Your account is active');
    const second = await follow(link);
    expect(second.status).toBe(410);
    expect(second.text).toContain('has been used');
    expect((await follow(link, 'GET')).status).toBe(410);
  });

  test('S26 is not accepted by looking at the link, as mail scanners do', async () => {
    const { id, link } = await invited();
    for (let look = 0; look < 3; look++) {
      const page = await follow(link, 'GET');
      expect(page.status).toBe(200);
      expect(page.text).toContain('<form method="post">');
    }
    await fetch(link, { method: 'HEAD' });
    expect((await fetch(link, { method: 'PUT' })).status).toBe(405);
    expect(await statusOf(ask, id)).toBe('INVITED');
    expect((await follow(link)).status).toBe(200);
  });

  test('S26 leaves user.invited and user.activated in the log, the second by the person', async () => {
    const { id, link } = await invited();
    await follow(link);
    const query =
      'query($id: ID!) { user(id: $id) { history(first: 9) { nodes { name actor changes { key from to } } } } }';
    const { nodes } = (await ask(query, { id })).data.user.history;
    const [byHand, byLink] = ['user.invited', 'user.activated'].map((name) =>
      nodes.find((event: { name: string }) => event.name === name),
    );
    expect(byHand.changes).toEqual([{ key: 'status', from: 'ACTIVE', to: 'INVITED' }]);
    expect(byLink).toMatchObject({ actor: id, changes: [{ key: 'status', from: 'INVITED', to: 'ACTIVE' }] });
  });

  test('S26 can be sent again: the new link works and the old one has ended', async () => {
    const { id, email, link } = await invited();
    await age(id, '2 minutes');
    expect(await sendTo(ask, id, 'resendInvitation')).toEqual({ status: 'INVITED', problems: [] });
    const newer = linkIn(await post.to(email, 2));
    expect(newer).not.toBe(link);
    expect((await follow(link)).status).toBe(410);
    expect(await statusOf(ask, id)).toBe('INVITED');
    expect((await follow(newer)).status).toBe(200);
    expect((await sendTo(ask, id, 'resendInvitation')).problems[0]!.message).toMatch(/is ACTIVE; only who is INVITED/);
  });

  test('S26 is sent again once a minute and five times a day, and the refusal says when', async () => {
    const { id } = await invited();
    for (const command of ['resendInvitation', 'inviteUser']) {
      const { problems } = await sendTo(ask, id, command);
      expect(problems[0]!.message).toMatch(/can be sent another invitation at \d{4}-\d\d-\d\dT[\d:.]+Z, not before/);
    }
    for (let more = 0; more < 4; more++) {
      await age(id, '1 hour');
      expect((await sendTo(ask, id, 'resendInvitation')).problems).toEqual([]);
    }
    await age(id, '1 hour');
    expect((await sendTo(ask, id, 'resendInvitation')).problems).toHaveLength(1);
    await age(id, '20 hours');
    expect((await sendTo(ask, id, 'resendInvitation')).problems).toEqual([]);
  });

  test('S26 is sent once where many ask for it at once', async () => {
    const { id, email } = await invited();
    await age(id, '2 minutes');
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendTo(ask, id, 'resendInvitation')));
    expect(answers.filter(({ problems }) => problems.length === 0)).toHaveLength(1);
    await post.to(email, 2);
    expect((await sql('select id from invitations where user_id = $1', [uuidOf('usr', id)])).length).toBe(2);
  });

  test('S26 needs an address that mail can be sent to, and changes nothing without one', async () => {
    for (const email of [null, 'ada@localhost', 'ada\uff20evil.example@nordwind.example']) {
      const id = await person(ask, null, { email });
      const { problems } = await sendTo(ask, id);
      expect(problems[0]).toMatchObject({ path: ['email'] });
      expect(await statusOf(ask, id)).toBe('ACTIVE');
    }
  });

  test('S26 is for people whom no directory governs, and for those who are invited already', async () => {
    const directory = await hub.newDirectory(tenant.id);
    const response = await fetch(`${directory.scim}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${directory.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'linked@nordwind.example',
        externalId: 'linked',
        active: true,
        emails: [{ type: 'work', value: 'linked@nordwind.example', primary: true }],
      }),
    });
    const { id } = (await response.json()) as { id: string };
    expect((await sendTo(ask, id)).problems[0]!.message).toMatch(/directory decides/);
    await sql(`update users set status = 'INVITED', version = version + 1 where id = $1`, [uuidOf('usr', id)]);
    expect(await sendTo(ask, id)).toEqual({ status: 'INVITED', problems: [] });
    expect((await follow(linkIn(await post.to('linked@nordwind.example')))).status).toBe(200);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
  });

  test('S26 needs users:write', async () => {
    const id = await person(ask, newAddress());
    const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read']));
    expect((await sendTo(reader, id)).problems[0]!.message).toMatch(/users:write/);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
  });

  test.each(['de', 'de-CH', 'DE-at'])('S11 a German mail and page greet who prefers %s', async (preferredLanguage) => {
    const { caught, link } = await invited({ preferredLanguage, displayName: 'Jürgen Müller' });
    expect(caught.mail.subject).toBe('Aktivieren Sie Ihr Konto');
    expect(caught.mail.text).toContain('Guten Tag Jürgen Müller,');
    expect(caught.mail.html).toContain('<html lang="de">');
    const page = await follow(link, 'GET', { 'accept-language': 'en' });
    expect(page.text).toContain('<html lang="de">');
    expect((await follow(link)).text).toContain('Ihr Konto ist aktiv');
  });

  test.each(['en-GB', 'fr', 'den', null])('S11 an English mail greets who prefers %s', async (preferredLanguage) => {
    const { caught } = await invited({ preferredLanguage });
    expect(caught.mail.subject).toBe('Activate your account');
  });
});

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

describe('a mail', () => {
  test.each(["o'neil+x@nordwind.example", 'Grace.Hopper@Müller.example', 'a&b@nordwind.example'])(
    'A35 to %s goes to the one address that is stored with its link',
    async (email) => {
      const id = await person(ask, email);
      await sendTo(ask, id);
      const [stored] = await sql('select email from invitations where user_id = $1', [uuidOf('usr', id)]);
      const { to } = await post.to(String(stored!.email));
      expect(to).toEqual([stored!.email]);
    },
  );

  test.each([
    'Eve <eve@evil.example>',
    'eve@evil.example, "Ada"',
    '"Eve" <eve@evil.example>,',
    'Ada\r\nBcc: eve@evil.example',
    'Ada\u2028Bcc: eve@evil.example',
    '=?utf-8?Q?Eve_=3Ceve=40evil.example=3E?=',
    'group: eve@evil.example;',
  ])('A35 to a person named %j goes to their address alone', async (displayName) => {
    const { caught, email } = await invited({ displayName });
    expect(caught.to).toEqual([email]);
    expect(caught.mail.to?.map(({ address }) => address)).toEqual([email]);
    expect([caught.mail.cc, caught.mail.bcc]).toEqual([undefined, undefined]);
    expect(caught.mail.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  test('A31 is the same byte for byte, whatever host the request that caused it claims', async () => {
    const evil = 'evil.example';
    const email = 'host@nordwind.example';
    const id = await person(ask, email);
    const disguise = { host: evil, 'x-forwarded-host': evil, 'x-forwarded-proto': 'https', forwarded: `host=${evil}` };
    const mutation = JSON.stringify({ query: `mutation { inviteUser(user: "${id}") { problems { message } } }` });
    const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...disguise };
    const answered = await knock(hub.url, { method: 'POST', path: '/graphql', headers, body: mutation });
    expect(answered.json.data.inviteUser.problems).toEqual([]);
    const caught = await post.to(email);
    const link = linkIn(caught);
    expect(caught.raw).not.toContain(evil);
    await age(id, '2 minutes');
    await sendTo(ask, id, 'resendInvitation');
    const plain = await post.to(email, 2);
    const bare = ({ raw }: typeof caught, own: string) =>
      quotedPrintable(raw)
        .replaceAll(own, 'LINK')
        .replace(/^(Date|Message-ID): .*$/gim, '')
        .replace(/--_NmP-[\w-]+|boundary="[^"]+"/g, '');
    expect(bare(caught, link)).toBe(bare(plain, linkIn(plain)));
    const page = await knock(hub.url, { path: new URL(linkIn(plain)).pathname, headers: disguise });
    expect(page.text + JSON.stringify(page.headers)).not.toContain(evil);
  });

  const attacks = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    "'><script>alert(1)</script>",
    '</title><script>alert(1)</script>',
    '</p></div><iframe src=javascript:alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    'javascript:alert(1)',
    '<style>*{display:none}</style>',
    '<!--<script>alert(1)//-->',
    '<![CDATA[<script>alert(1)</script>]]>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
    '&#60;script&#62;',
    '<scr<script>ipt>alert(1)</scr</script>ipt>',
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
    '$\u007balert(1)} {{constructor.constructor("alert(1)")()}} <%= 7*7 %>',
    '<base href="//evil.example/">',
    '<form action="//evil.example"><input name=x>',
  ];
  test.each(attacks)('A58 shows %j as text, in both its parts and on the page', async (displayName) => {
    const { caught, link } = await invited({ displayName, userName: displayName });
    expect(caught.mail.text).toContain(displayName);
    const page = (await follow(link, 'GET')).text;
    const tags = (text: string) => text.match(/<[a-z!/][^\s>]*/gi);
    const plain = await invited({ displayName: 'Ada', userName: `plain ${made}` });
    expect(tags(caught.mail.html!)).toEqual(tags(plain.caught.mail.html!));
    expect(tags(page)).toEqual(tags((await follow(plain.link, 'GET')).text));
    for (const shown of [caught.mail.html!, page]) expect(unescaped(shown)).toContain(displayName);
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

const quotedPrintable = (raw: string): string =>
  raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
