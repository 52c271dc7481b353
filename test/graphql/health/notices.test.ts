import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { letPass, lookedAfter } from '../../support/directory-clock.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { catchMail, type MailCatcher } from '../../support/mail-catcher.ts';
import { keptRequests } from '../../support/request-log.ts';
import { scimClient } from '../../support/scim-client.ts';
import { askAs } from '../ask.ts';

type Received = { headers: Record<string, string | string[] | undefined>; body: string };

let hub: Hub;
let mails: MailCatcher;
let receiver: Server;
const received: Received[] = [];
beforeAll(async () => {
  mails = await catchMail();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  hub = await startHub(undefined, { smtpUrl: mails.url });
});
afterAll(async () => {
  await hub?.stop();
  await mails?.stop();
  receiver?.close();
});

let companies = 0;

async function company(language = 'en') {
  const tenant = await hub.newTenant();
  const directory = await hub.newDirectory(tenant.id);
  const one = { tenant, directory, scim: scimClient(directory), ask: askAs(hub, tenant.key) };
  const email = `admin${++companies}@nordwind.example`;
  await setRecipients(one, { emails: [email], language });
  return { ...one, email };
}

type Company = Awaited<ReturnType<typeof company>>;

const SET = `mutation ($emails: [String!]!, $webhookUrl: String, $language: String) {
  setNoticeRecipients(emails: $emails, webhookUrl: $webhookUrl, language: $language) {
    recipients { emails language webhookUrl } secret problems { code path message } } }`;

const setRecipients = async ({ ask }: Pick<Company, 'ask'>, variables: object) =>
  (await ask(SET, variables)).data.setNoticeRecipients;

const NOTICES = `query ($id: ID!, $open: Boolean) {
  notices(open: $open) { id kind message openedAt closedAt directory { id } }
  directory(id: $id) { notices { id kind closedAt } } }`;

async function noticesOf({ ask, directory }: Company, open?: boolean) {
  const { data, errors } = await ask(NOTICES, { id: directory.id, open });
  expect(errors).toBeUndefined();
  return data.notices;
}

const kindsOf = async (one: Company, open?: boolean): Promise<string[]> =>
  (await noticesOf(one, open)).map(({ kind }: { kind: string }) => kind);

const mailsTo = ({ email }: Company) => mails.caught.filter(({ to }) => to.includes(email));

/** Time for a second mail to come, which must not: as many looks as there could be. */
async function lookAgain({ tenant }: Company): Promise<void> {
  for (let look = 0; look < 2; look++) {
    await letPass(hub, tenant, '0');
    await lookedAfter(hub, tenant);
  }
}

async function outboxIsEmpty({ tenant }: Company): Promise<void> {
  const text = 'select 1 as one from outbox where sent_at is null and dead_at is null';
  await vi.waitFor(
    async () =>
      expect(await hub.running.database.session(tenant.id, (session) => session.ask({ text, values: [] }))).toEqual([]),
    { timeout: 10_000 },
  );
}

async function failOften(one: Company): Promise<void> {
  await one.scim.people('ada');
  for (let count = 0; count < 12; count++) await one.scim.post('/Users', { userName: 'ada' });
  await keptRequests(hub, one.tenant.id, 13);
  await letPass(hub, one.tenant, '0');
  await lookedAfter(hub, one.tenant);
}

describe('notices', () => {
  test('C3 a high failure rate is told by one mail, and not again while it lasts', async () => {
    const one = await company();
    await failOften(one);
    const { mail } = await mails.to(one.email);
    expect(mail.subject).toBe('Entra: many requests are refused');
    expect(mail.text).toMatch(
      /1\d of 1\d requests of Entra were refused or failed, most of them by NOT_UNIQUE userName\./,
    );
    await lookAgain(one);
    await outboxIsEmpty(one);
    expect(mailsTo(one)).toHaveLength(1);
    expect(await kindsOf(one, true)).toEqual(['FAILURE_RATE']);
  });

  test('C3 a failure rate that is over is closed, with an event for each end of it', async () => {
    const one = await company();
    await failOften(one);
    await letPass(hub, one.tenant, '20 minutes');
    await one.scim.people('bob');
    await keptRequests(hub, one.tenant.id, 14);
    await letPass(hub, one.tenant, '0');
    await lookedAfter(hub, one.tenant);
    expect(await kindsOf(one, true)).toEqual([]);
    expect(await kindsOf(one, false)).toEqual(['FAILURE_RATE']);
    const events = '{ events(first: 100, names: ["notice.raised", "notice.closed"]) { nodes { name subjectId } } }';
    expect((await one.ask(events)).data.events.nodes).toEqual([
      { name: 'notice.raised', subjectId: one.directory.id },
      { name: 'notice.closed', subjectId: one.directory.id },
    ]);
  });

  test('C3 a directory that cannot sign in is told of as a risk of quarantine, in German where that is set', async () => {
    const one = await company('de');
    await fetch(`${one.directory.scim}/Users`, { headers: { authorization: `Bearer ${one.directory.token}x` } });
    const { mail } = await mails.to(one.email);
    expect(mail.subject).toBe('Entra: Entra könnte die Bereitstellung in Quarantäne nehmen');
    expect(mail.text).toContain('zu 100 % auf dem Weg in die Quarantäne');
    expect(mail.text).toContain('the token is wrong');
    expect(await kindsOf(one, true)).toEqual(['QUARANTINE_RISK']);
  });

  test('C3 the end of a token is told 60, 30 and 7 days before, once each, and is over with a new one', async () => {
    const one = await company();
    const endIn = async (days: number) => {
      const text = `update credentials set expires_at = now() + make_interval(days => $1) where kind = 'TOKEN' and directory_id is not null`;
      await hub.running.database.session(one.tenant.id, (session) => session.ask({ text, values: [days] }));
      await lookAgain(one);
    };
    await endIn(61);
    expect(await kindsOf(one)).toEqual([]);
    for (const days of [60, 59, 30, 7, 6]) await endIn(days);
    await mails.to(one.email, 3);
    await outboxIsEmpty(one);
    expect(mailsTo(one).map(({ mail }) => mail.subject)).toEqual(
      [60, 30, 7].map((days) => `Entra: The token ends within ${days} days`),
    );
    expect(await kindsOf(one, true)).toEqual(['TOKEN_EXPIRY']);
    await one.ask(`mutation ($id: ID!) { rotateDirectoryToken(directory: $id) { problems { message } } }`, {
      id: one.directory.id,
    });
    await lookAgain(one);
    expect(await kindsOf(one, true)).toEqual([]);
  });

  test('C7 a directory that ran and then is silent for two hours is told of once, until its next request', async () => {
    const one = await company();
    await one.scim.people('ada');
    await keptRequests(hub, one.tenant.id, 1);
    await letPass(hub, one.tenant, '119 minutes');
    await lookedAfter(hub, one.tenant);
    expect(await kindsOf(one)).toEqual([]);
    await letPass(hub, one.tenant, '1 minute');
    await lookedAfter(hub, one.tenant);
    expect(await kindsOf(one, true)).toEqual(['SILENCE']);
    await lookAgain(one);
    expect((await mails.to(one.email)).mail.subject).toBe('Entra: no request for two hours');
    await outboxIsEmpty(one);
    expect(mailsTo(one)).toHaveLength(1);
    await one.scim.get('/Users?count=1');
    await vi.waitFor(async () => expect(await kindsOf(one, true)).toEqual([]), { timeout: 10_000 });
    const [notice] = await noticesOf(one);
    expect(notice).toMatchObject({ kind: 'SILENCE', directory: { id: one.directory.id } });
  });

  test('C7 a directory that never ran is not silent', async () => {
    const one = await company();
    await letPass(hub, one.tenant, '3 hours');
    await lookedAfter(hub, one.tenant);
    expect(await kindsOf(one)).toEqual([]);
  });

  test('C3 a webhook is posted to, signed with the secret that was shown once', async () => {
    const one = await company();
    const webhookUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    const set = await setRecipients(one, { emails: [], webhookUrl });
    expect(set).toMatchObject({ recipients: { webhookUrl }, problems: [] });
    const again = await setRecipients(one, { emails: [], webhookUrl });
    expect(again.secret).toBeNull();
    await one.scim.people('ada');
    await keptRequests(hub, one.tenant.id, 1);
    await letPass(hub, one.tenant, '3 hours');
    const { headers, body } = await vi.waitFor(
      () => {
        const own = received.find((post) => post.body.includes(one.directory.id));
        if (!own) throw new Error('nothing was posted');
        return own;
      },
      { timeout: 10_000 },
    );
    const key = Buffer.from(set.secret.slice('whsec_'.length), 'base64');
    const content = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(content).digest('base64')}`);
    const [notice] = await noticesOf(one);
    expect(JSON.parse(body)).toMatchObject({
      type: 'notice.raised',
      data: { id: notice.id, kind: 'SILENCE', directory: one.directory.id, message: notice.message },
    });
  });

  test.each([
    [{ emails: ['not an address'] }, ['emails', '0']],
    [{ emails: ['ada@nordwind.example\n'] }, ['emails', '0']],
    [{ emails: ['ada＠nordwind.example'] }, ['emails', '0']],
    [{ emails: [], webhookUrl: 'http://nordwind.example/hook' }, ['webhookUrl']],
    [{ emails: [], webhookUrl: 'https://user:password@nordwind.example' }, ['webhookUrl']],
    [{ emails: [], webhookUrl: 'file:///etc/passwd' }, ['webhookUrl']],
  ])('recipients that cannot be are refused and change nothing: %j', async (given, path) => {
    const one = await company();
    const { problems, recipients } = await setRecipients(one, given);
    expect(recipients).toBeNull();
    expect(problems).toMatchObject([{ code: 'INVALID_INPUT', path }]);
    const { data } = await one.ask('{ noticeRecipients { emails } }');
    expect(data.noticeRecipients.emails).toEqual([one.email]);
  });
});
