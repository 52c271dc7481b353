import type { Webhook } from '../../domain/webhooks/webhook.ts';
import type { WebhookStore } from '../../domain/webhooks/webhook-store.ts';
import type { Session } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import {
  countWebhooks,
  deleteWebhook,
  forgetSince,
  insertWebhook,
  moveBack,
  redeliver,
  renewWaiting,
  rotateSalt,
  takeWebhook,
  updateWebhook,
  webhookOfDelivery,
} from './webhook-statements.ts';

/** Endpoints of one tenant, through one session. */
export const webhookStore = (session: Session, tenantId: string): WebhookStore => ({
  async insert({ id, url, names, description, salt, createdAt }, event) {
    const values = [tenantId, id, url, names, description, salt, createdAt];
    await session.run(insertWebhook, [...values, ...eventValues(event)]);
  },
  take: async (id) => (await session.run<Webhook>(takeWebhook, [tenantId, id]))[0] ?? null,
  count: async () => (await session.run<{ count: number }>(countWebhooks, [tenantId]))[0]!.count,
  async update({ id, url, names, description, state, failingSince }, event) {
    const values = [tenantId, id, url, names, description, state, failingSince];
    await session.run(updateWebhook, [...values, ...eventValues(event)]);
    if (state === 'ON') await session.run(renewWaiting, [tenantId, id]);
  },
  async rotate(id, salt, overlapHours, event) {
    await session.run(rotateSalt, [tenantId, id, salt, overlapHours, ...eventValues(event)]);
  },
  async delete(id, event) {
    await session.run(deleteWebhook, [tenantId, id, ...eventValues(event)]);
  },
  webhookOf: async (id) => (await session.run<{ id: string }>(webhookOfDelivery, [tenantId, id]))[0]?.id ?? null,
  async redeliver(id, event) {
    await session.run(redeliver, [tenantId, id, ...eventValues(event)]);
  },
  async redeliverSince(id, { xact, seq }, event) {
    await session.run(forgetSince, [tenantId, id, xact, seq]);
    await session.run(moveBack, [tenantId, id, xact, seq, ...eventValues(event)]);
  },
});
