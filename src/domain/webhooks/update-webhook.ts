import type { Command } from '../command.ts';
import { refuse } from '../errors.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { sameJson } from '../json.ts';
import { closeNotice } from '../notices/raise-notice.ts';
import { takeWebhook, type WebhookWords, webhookProblems } from './check-webhook.ts';
import type { Webhook, WebhookState } from './webhook.ts';

/** What is to be different; what is absent stays. `callable` is about the new address, if there is one. */
export type WebhookPatch = Partial<WebhookWords> & { id: string; state?: WebhookState; callable: boolean };

const KEYS = ['url', 'names', 'description', 'state'] as const;

/** Changes an endpoint. One that is switched on goes on where it was switched off, so that nothing is missing. */
export const updateWebhook: Command<WebhookPatch, Webhook> = {
  name: 'updateWebhook',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform(context, { id, callable, ...patch }) {
    const { tx, origin } = context;
    const before = await takeWebhook(tx, id);
    const after = { ...before };
    for (const key of KEYS) if (patch[key] !== undefined) Object.assign(after, { [key]: patch[key] });
    refuse(webhookProblems(after, after.url === before.url || callable));
    const changed = KEYS.filter((key) => !sameJson(before[key], after[key]));
    if (changed.length === 0) return before;
    if (changed.includes('state')) {
      after.failingSince = null;
      if (after.state === 'ON')
        await closeNotice(context, { kind: 'WEBHOOK', directoryId: null, dedupeKey: wireId('hook', before.id) });
    }
    const changes = changed.map((key) => ({ key, from: before[key], to: after[key] }));
    await tx.webhooks.update(after, event(origin, 'webhook.updated', 'hook', before.id, changes));
    return after;
  },
};
