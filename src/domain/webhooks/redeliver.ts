import type { Command } from '../command.ts';
import { invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { placeOfCursor } from '../events/event-cursor.ts';
import { uuidOf, wireId } from '../ids.ts';
import { takeWebhook } from './check-webhook.ts';
import type { Webhook } from './webhook.ts';

/** Sends one event once more, whatever became of it; answers its stored id. */
export const redeliver: Command<{ delivery: string }, string> = {
  name: 'redeliver',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform({ tx, origin }, { delivery }) {
    const uuid = uuidOf('dlv', delivery);
    const webhookId = uuid && (await tx.webhooks.webhookOf(uuid));
    if (!uuid || !webhookId) throw notFound('delivery', delivery);
    await takeWebhook(tx, wireId('hook', webhookId));
    const changes = [{ key: 'delivery', from: null, to: delivery }];
    await tx.webhooks.redeliver(uuid, event(origin, 'webhook.redelivered', 'hook', webhookId, changes));
    return uuid;
  },
};

/** Sends everything after that cursor of the log once more. */
export const redeliverSince: Command<{ webhook: string; cursor: string }, Webhook> = {
  name: 'redeliverSince',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform({ tx, origin }, { webhook: id, cursor }) {
    const place = placeOfCursor(cursor);
    if (!place) throw invalid(['cursor'], 'cursor is not the cursor of an event.');
    const webhook = await takeWebhook(tx, id);
    const changes = [{ key: 'since', from: null, to: cursor }];
    await tx.webhooks.redeliverSince(
      webhook.id,
      place,
      event(origin, 'webhook.redelivered', 'hook', webhook.id, changes),
    );
    return webhook;
  },
};
