import type { Ask } from '../graphql/ask.ts';
import type { Caught } from '../support/mail-catcher.ts';

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
