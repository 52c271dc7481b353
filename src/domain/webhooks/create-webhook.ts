import type { Command } from '../command.ts';
import { invalid, refuse } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { type WebhookWords, webhookProblems } from './check-webhook.ts';
import type { Webhook } from './webhook.ts';
import { eventSecret } from './webhook-secret.ts';

/** As many endpoints as a tenant may have. */
const MOST_WEBHOOKS = 20;

/** Registers an endpoint; it is sent what happens from now on. The secret is in the answer and nowhere else. */
export const createWebhook: Command<WebhookWords & { callable: boolean }, { webhook: Webhook; secret: string }> = {
  name: 'createWebhook',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform({ tx, actor, origin, seal }, { callable, ...words }) {
    refuse(webhookProblems(words, callable));
    if ((await tx.webhooks.count()) >= MOST_WEBHOOKS)
      throw invalid(['url'], `There are ${MOST_WEBHOOKS} webhooks already, which is as many as there may be.`);
    const { url, names, description } = words;
    const kept = { id: newId(), salt: newId(), state: 'ON' as const, lastDeliveryAt: null, failingSince: null };
    const webhook: Webhook = { ...kept, url, names: names && [...new Set(names)], description, createdAt: origin.at };
    const changes = (['url', 'names', 'description'] as const).map((key) => ({ key, from: null, to: webhook[key] }));
    await tx.webhooks.insert(webhook, event(origin, 'webhook.created', 'hook', webhook.id, changes));
    return { webhook, secret: eventSecret(seal, actor.tenantId, webhook.id, webhook.salt) };
  },
};
