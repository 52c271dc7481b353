import { expect } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { type Ask, askAs } from '../graphql/ask.ts';
import { startHub } from '../support/hub.ts';
import { type Caught, catchMail } from '../support/mail-catcher.ts';

/** A hub that mails to a server of its own, and a company on it. */
export async function openStage() {
  const post = await catchMail();
  const hub = await startHub(undefined, { smtpUrl: post.url });
  const tenant = await hub.newTenant();
  const ask = askAs(hub, tenant.key);
  let made = 0;
  const newAddress = () => `ada${made++}@nordwind.example`;
  const sql = (text: string, values: unknown[] = []) =>
    hub.running.database.session(tenant.id, (session) => session.ask<Record<string, unknown>>({ text, values }));
  return {
    hub,
    post,
    tenant,
    ask,
    newAddress,
    sql,
    /** An invited person with the link that was mailed to them. */
    async invited(more: object = {}, email = newAddress()) {
      const id = await person(ask, email, more);
      expect(await sendTo(ask, id)).toEqual({ status: 'INVITED', problems: [] });
      const caught = await post.to(email);
      return { id, email, caught, link: linkIn(caught) };
    },
    /** As if so much time had gone by since the person's links were made. */
    age: (id: string, time: string) =>
      sql(
        `update invitations set created_at = created_at - $2::interval, expires_at = expires_at - $2::interval
         where tenant_id = $3 and user_id = $1`,
        [uuidOf('usr', id), time, tenant.id],
      ),
    async close() {
      await hub.stop();
      await post.stop();
    },
  };
}

/** Makes a person by hand; their wire id. */
export async function person(ask: Ask, email: string | null, more: object = {}): Promise<string> {
  const input = { userName: email ?? `u${Math.random()}`, email, ...more };
  const query = 'mutation($input: CreateUserInput!) { createUser(input: $input) { user { id } problems { message } } }';
  const { data, text } = await ask(query, { input });
  if (!data?.createUser.user) throw new Error(text);
  return data.createUser.user.id;
}

/** Sends `inviteUser` or `resendInvitation`; the status of the person and what was refused. */
export async function sendTo(ask: Ask, user: string, command = 'inviteUser') {
  const problems = 'problems { __typename message path }';
  const query = `mutation($user: ID!) { it: ${command}(user: $user) { user { status version } ${problems} } }`;
  const { data, text } = await ask(query, { user });
  if (!data) throw new Error(text);
  return { status: data.it.user?.status ?? null, problems: data.it.problems as { message: string; path: string[] }[] };
}

export async function statusOf(ask: Ask, id: string): Promise<string | null> {
  return (await ask('query($id: ID!) { user(id: $id) { status } }', { id })).data.user?.status ?? null;
}

/** The link in the text of a mail; the HTML must hold the same. */
export function linkIn({ mail }: Caught): string {
  const [link] = /http:\/\/\S+\/activate\/[\w-]+/.exec(mail.text ?? '') ?? [];
  if (!link || !mail.html?.includes(`href="${link}"`)) throw new Error(`no link in ${mail.text}`);
  return link;
}

/** What following a link by GET or by the page's button answers. */
export async function follow(link: string, method: 'GET' | 'POST' = 'POST', headers: Record<string, string> = {}) {
  const response = await fetch(link, { method, headers });
  return { status: response.status, text: await response.text(), headers: response.headers };
}
