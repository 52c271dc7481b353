import type { Context } from '../command.ts';
import { event } from '../event.ts';
import { newId, wireId } from '../ids.ts';
import type { NewNotice } from './notice.ts';

/** Kinds of what the outbox sends of a notice. */
export const NOTICE_MAIL = 'notice.mail';
export const NOTICE_WEBHOOK = 'notice.webhook';

/**
 * Tells the tenant's recipients, once while it lasts: where one of the same kind and key is open, nothing happens. To be
 * called within a command whose writes hold together as a transaction.
 */
export async function raiseNotice(context: Context, raised: NewNotice): Promise<void> {
  const { tx, origin } = context;
  const notice = { ...raised, id: newId(), openedAt: origin.at, closedAt: null };
  if (!(await tx.notices.open(notice, noticeEvent(context, 'notice.raised', notice, notice.id)))) return;
  const { emails, webhookUrl } = await tx.notices.recipients();
  for (const email of emails) await tx.outbox.put({ kind: NOTICE_MAIL, payload: { notice: notice.id, email } });
  if (webhookUrl) await tx.outbox.put({ kind: NOTICE_WEBHOOK, payload: { notice: notice.id } });
}

/** Ends the notice of that kind and key, if one is open. */
export async function closeNotice(context: Context, notice: Omit<NewNotice, 'facts'>): Promise<void> {
  await context.tx.notices.close(notice, context.origin.at, noticeEvent(context, 'notice.closed', notice, null));
}

function noticeEvent(
  { actor, origin }: Context,
  name: string,
  { kind, directoryId, dedupeKey }: Omit<NewNotice, 'facts'>,
  id: string | null,
) {
  const told = { kind, key: dedupeKey, ...(id && { notice: wireId('ntc', id) }) };
  const changes = Object.entries(told).map(([key, to]) => ({ key, from: null, to }));
  return directoryId
    ? event(origin, name, 'dir', directoryId, changes)
    : event(origin, name, 'tnt', actor.tenantId, changes);
}
