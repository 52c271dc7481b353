import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { closeNotice } from '../notices/raise-notice.ts';
import { takeWebhook } from './check-webhook.ts';

/** Ends an endpoint, with what waits for it. */
export const deleteWebhook: Command<{ id: string }, void> = {
  name: 'deleteWebhook',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform(context, { id }) {
    const { tx, origin } = context;
    const { id: uuid, url } = await takeWebhook(tx, id);
    await closeNotice(context, { kind: 'WEBHOOK', directoryId: null, dedupeKey: wireId('hook', uuid) });
    const changes = [{ key: 'url', from: url, to: null }];
    await tx.webhooks.delete(uuid, event(origin, 'webhook.deleted', 'hook', uuid, changes));
  },
};
