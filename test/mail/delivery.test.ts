import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, expect, test, vi } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { type Ask, askAs } from '../graphql/ask.ts';
import { follow, linkIn, person, sendTo } from '../pages/support.ts';
import { freePort } from '../support/free-port.ts';
import { type Hub, startHub } from '../support/hub.ts';
import { catchMail, type MailCatcher } from '../support/mail-catcher.ts';

let hub: Hub;
let post: MailCatcher | null = null;
afterEach(async () => {
  await hub?.stop();
  await post?.stop();
  post = null;
});

const newAsk = async (): Promise<Ask> => askAs(hub, (await hub.newTenant()).key);

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${hub.url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)![1]);
}

test('S26 a mail waits while the mail server is down, and is sent once when it is up', async () => {
  const port = await freePort();
  hub = await startHub(undefined, { smtpUrl: `smtp://127.0.0.1:${port}` });
  const ask = await newAsk();
  await sendTo(ask, await person(ask, 'ada@nordwind.example'));
  await vi.waitFor(() => expect(hub.log.join('\n')).toMatch(/send-outbox invitation .* attempt 1: /), 15_000);
  expect(await metric('rollcall_outbox_waiting')).toBe(1);
  post = await catchMail(port);
  expect((await follow(linkIn(await post.to('ada@nordwind.example')))).status).toBe(200);
  await vi.waitFor(async () => expect(await metric('rollcall_outbox_waiting')).toBe(0), 15_000);
  expect(post.caught).toHaveLength(1);
});

test('S26 what a process had taken that died is sent by another, and not before its lease has ended', async () => {
  post = await catchMail();
  hub = await startHub(undefined, { smtpUrl: post.url });
  const tenant = await hub.newTenant();
  const ask = askAs(hub, tenant.key);
  const sql = (text: string) => hub.running.database.session(tenant.id, (own) => own.ask({ text, values: [] }));
  const id = await person(ask, 'ada@nordwind.example');
  // As another process leaves it that takes the row and is killed.
  await hub.running.database.transaction(tenant.id, async (own) => {
    await own.ask({
      text: `with made as (
        insert into invitations (tenant_id, id, user_id, purpose, email, created_at, expires_at)
        values ($1, gen_random_uuid(), $2, 'activate', 'ada@nordwind.example', now(), now() + interval '1 hour') returning id)
      insert into outbox (tenant_id, id, kind, payload, due_at, give_up_at, attempts, lease, leased_until, created_at)
      select $1, gen_random_uuid(), 'invitation', jsonb_build_object('invitation', id), now(), now() + interval '1 day', 1,
        gen_random_uuid(), now() + interval '1 minute', now() from made`,
      values: [tenant.id, uuidOf('usr', id)],
    });
    await own.ask({ text: `update users set status = 'INVITED' where id = $1`, values: [uuidOf('usr', id)] });
  });
  await sendTo(ask, await person(ask, 'grace@nordwind.example'));
  await post.to('grace@nordwind.example');
  expect(post.caught).toHaveLength(1);
  await sql(`update outbox set leased_until = now() - interval '1 second'`);
  expect((await follow(linkIn(await post.to('ada@nordwind.example')))).status).toBe(200);
});

test('a mail to a mailbox that the server does not know is given up at once and stays to be seen', async () => {
  post = await catchMail();
  hub = await startHub(undefined, { smtpUrl: post.url });
  const ask = await newAsk();
  await sendTo(ask, await person(ask, 'nobody@nordwind.example'));
  await vi.waitFor(async () => expect(await metric('rollcall_outbox_dead')).toBe(1), 15_000);
  expect(await metric('rollcall_outbox_waiting')).toBe(0);
});

test('without a mail server each mail is a file of the data folder, for its owner alone', async () => {
  hub = await startHub();
  const ask = await newAsk();
  await sendTo(ask, await person(ask, 'ada@nordwind.example', { displayName: 'Ada' }));
  const folder = join(hub.dataDir, 'mail');
  const [name] = await vi.waitFor(async () => {
    const names = (await readdir(folder)).filter((file) => file.endsWith('.eml'));
    expect(names).toHaveLength(1);
    return names;
  }, 15_000);
  const raw = await readFile(join(folder, name!), 'utf8');
  const mail = await PostalMime.parse(raw);
  expect(mail.to).toEqual([{ name: 'Ada', address: 'ada@nordwind.example' }]);
  expect(mail.from).toEqual({ name: 'Rollcall', address: 'rollcall@nordwind.example' });
  const link = linkIn({ from: '', to: [], raw, mail });
  expect((await follow(link)).status).toBe(200);
});

test('a link that ended before its mail was sent is not mailed', async () => {
  const port = await freePort();
  hub = await startHub(undefined, { smtpUrl: `smtp://127.0.0.1:${port}` });
  const ask = await newAsk();
  const id = await person(ask, 'ada@nordwind.example');
  await sendTo(ask, id);
  await vi.waitFor(() => expect(hub.log.join('\n')).toMatch(/attempt 1: /), 15_000);
  await ask('mutation($id: ID!) { deactivateUser(id: $id) { problems { message } } }', { id });
  post = await catchMail(port);
  await vi.waitFor(async () => expect(await metric('rollcall_outbox_waiting')).toBe(0), 15_000);
  expect(post.caught).toEqual([]);
});
