import { type HubError, invalid, notFound } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import type { Tx } from '../tx.ts';
import { isStorable } from '../users/check-value.ts';
import type { Webhook } from './webhook.ts';

/** What an admin says of an endpoint. */
export type WebhookWords = Pick<Webhook, 'url' | 'names' | 'description'>;

const MOST_NAMES = 100;
const LONGEST = 2_000;

/** What is wrong with it. `callable`: whether the address, looked up, is one that the hub calls (attacks.md A42). */
export function webhookProblems({ url, names, description }: WebhookWords, callable: boolean): HubError[] {
  const problems: HubError[] = [];
  if (!callable)
    problems.push(invalid(['url'], 'url must be an https address on the public internet, without a user.'));
  else if (url.length > LONGEST || !isStorable(url)) problems.push(invalid(['url'], 'url is too long.'));
  if (names && (names.length === 0 || names.length > MOST_NAMES))
    problems.push(invalid(['names'], `names must hold 1 to ${MOST_NAMES} names; null stands for all.`));
  if (names?.some((name) => !isStorable(name) || name.length > LONGEST))
    problems.push(invalid(['names'], 'A name in names is not the name of an event.'));
  if (description !== null && (description.length > LONGEST || !isStorable(description)))
    problems.push(invalid(['description'], 'description is too long or not valid Unicode text.'));
  return problems;
}

/** The endpoint of that wire id, kept from other writers; refuses with NOT_FOUND. */
export async function takeWebhook({ webhooks }: Tx, id: string): Promise<Webhook> {
  const uuid = uuidOf('hook', id);
  const webhook = uuid && (await webhooks.take(uuid));
  if (!webhook) throw notFound('webhook', id);
  return webhook;
}
