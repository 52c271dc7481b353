import type { Command } from '../command.ts';
import { event } from '../event.ts';
import { wireId } from '../ids.ts';
import { raiseNotice } from '../notices/raise-notice.ts';

/** GONE: the receiver answered 410. UNREACHABLE: nothing arrived for three days. */
export type SwitchedOffFor = 'GONE' | 'UNREACHABLE';

/** Switches off an endpoint where nothing arrives, by its stored id, and tells people. */
export const switchOffWebhook: Command<{ id: string; reason: SwitchedOffFor }, void> = {
  name: 'switchOffWebhook',
  needs: 'tenants:admin',
  atomicity: 'transaction',
  async perform(context, { id, reason }) {
    const { tx, origin } = context;
    const webhook = await tx.webhooks.take(id);
    if (webhook?.state !== 'ON') return;
    const changes = [
      { key: 'state', from: 'ON', to: 'OFF' },
      { key: 'reason', from: null, to: reason },
    ];
    await tx.webhooks.update({ ...webhook, state: 'OFF' }, event(origin, 'webhook.switched_off', 'hook', id, changes));
    const facts = { webhook: new URL(webhook.url).host, reason };
    await raiseNotice(context, { kind: 'WEBHOOK', directoryId: null, dedupeKey: wireId('hook', id), facts });
  },
};
