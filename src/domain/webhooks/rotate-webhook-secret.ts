import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { takeWebhook } from './check-webhook.ts';
import type { Webhook } from './webhook.ts';
import { eventSecret } from './webhook-secret.ts';

/** For so long what is sent is signed with the secret before as well. */
const OVERLAP_HOURS = 24;

/** Gives an endpoint a new secret, shown once. */
export const rotateWebhookSecret: Command<{ id: string }, { webhook: Webhook; secret: string }> = {
  name: 'rotateWebhookSecret',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform({ tx, actor, origin, seal }, { id }) {
    const webhook = { ...(await takeWebhook(tx, id)), salt: newId() };
    const rotated = event(origin, 'webhook.secret.rotated', 'hook', webhook.id);
    await tx.webhooks.rotate(webhook.id, webhook.salt, OVERLAP_HOURS, rotated);
    return { webhook, secret: eventSecret(seal, actor.tenantId, webhook.id, webhook.salt) };
  },
};
