import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Hub } from './domain/command.ts';
import type { Sender } from './domain/outbox/outbox-queue.ts';
import { sendPhoneCode } from './domain/phones/send-phone-code.ts';
import { systemActor } from './domain/system-actor.ts';
import { codesToFile } from './work/codes/codes-to-file.ts';
import { codesToWebhook } from './work/codes/codes-to-webhook.ts';

/** Sends the codes that wait in the outbox: to the webhook where one is set, else to nobody. */
export function phoneCodes(hub: Hub, config: Config, log: (line: string) => void): Sender {
  const { smsWebhookUrl, development, dataDir } = config;
  const send = smsWebhookUrl
    ? codesToWebhook(smsWebhookUrl)
    : codesToFile(development ? join(dataDir, 'codes') : null, log);
  return ({ tenantId, id, payload }) =>
    sendPhoneCode(hub, { actor: systemActor(tenantId), requestId: id }, send, String(payload.request));
}
