import type { Seal } from '../../domain/credentials/secret.ts';
import { wireId } from '../../domain/ids.ts';
import type { NoticeReader } from '../../domain/notices/notice-store.ts';
import { noticeWords } from '../../domain/notices/notice-words.ts';
import { webhookSecret } from '../../domain/notices/set-recipients.ts';
import { type Sender, Undeliverable } from '../../domain/outbox/outbox-queue.ts';
import { postJson } from './post-json.ts';
import { signed } from './sign.ts';

/** What webhooks of notices are sent with. */
export type NoticeHook = { notices: NoticeReader; seal: Seal; allowsLocal: boolean };

/** Posts a notice to the tenant's webhook, as it is set by then; anything but success is tried again. */
export const sendNoticeHook =
  ({ notices, seal, allowsLocal }: NoticeHook): Sender =>
  async ({ tenantId, payload }) => {
    const [notice] = await notices.byIds(tenantId, [String(payload.notice)]);
    const { webhookUrl, webhookSalt } = await notices.recipients(tenantId);
    if (!notice || !webhookUrl || !webhookSalt) return;
    const { id, kind, directoryId, openedAt, facts } = notice;
    const data = {
      id: wireId('ntc', id),
      kind,
      directory: directoryId && wireId('dir', directoryId),
      message: noticeWords(notice, 'en').message,
      facts,
    };
    const body = JSON.stringify({ type: 'notice.raised', timestamp: openedAt, data });
    const headers = signed([webhookSecret(seal, tenantId, webhookSalt)], data.id, body, new Date());
    const status = await postJson(webhookUrl, body, headers, allowsLocal);
    if (status === 410) throw new Undeliverable('the webhook is gone');
    if (status < 200 || status > 299) throw new Error(`the webhook answered ${status}`);
  };
