import type { Notice, Recipients } from '../../domain/notices/notice.ts';
import type { NoticeReader, NoticeStore } from '../../domain/notices/notice-store.ts';
import type { Database, Session } from '../database.ts';
import { eventValues } from '../events/event-statement.ts';
import {
  closeNotice,
  findRecipients,
  listNotices,
  noticesByIds,
  noticesOfDirectories,
  openNotice,
  openNoticesOf,
  setRecipients,
} from './notice-statements.ts';

const nobody: Recipients = { emails: [], language: 'en', webhookUrl: null, webhookSalt: null };

const recipientsOf = async (session: Session, tenantId: string): Promise<Recipients> =>
  (await session.run<Recipients>(findRecipients, [tenantId]))[0] ?? nobody;

/** Notices of one tenant, through one session. */
export const noticeStore = (session: Session, tenantId: string): NoticeStore => ({
  async open({ id, directoryId, kind, dedupeKey, facts, openedAt }, event) {
    const values = [tenantId, id, directoryId, kind, dedupeKey, JSON.stringify(facts), openedAt];
    return (await session.run(openNotice, [...values, ...eventValues(event)])).length > 0;
  },
  async close({ kind, dedupeKey }, at, event) {
    await session.run(closeNotice, [tenantId, kind, dedupeKey, at, ...eventValues(event)]);
  },
  openOf: (directoryId, kinds) => session.run<Notice>(openNoticesOf, [tenantId, directoryId, kinds]),
  recipients: () => recipientsOf(session, tenantId),
  async setRecipients({ emails, language, webhookUrl, webhookSalt }, event) {
    await session.run(setRecipients, [tenantId, emails, language, webhookUrl, webhookSalt, ...eventValues(event)]);
  },
});

/** Notices as rooms and senders read them. */
export const noticeReader = (database: Database): NoticeReader => ({
  list: (tenantId, open) => database.session(tenantId, (session) => session.run<Notice>(listNotices, [tenantId, open])),
  ofDirectories: (tenantId, ids) =>
    database.session(tenantId, (session) => session.run<Notice>(noticesOfDirectories, [tenantId, ids])),
  byIds: (tenantId, ids) => database.session(tenantId, (session) => session.run<Notice>(noticesByIds, [tenantId, ids])),
  recipients: (tenantId) => database.session(tenantId, (session) => recipientsOf(session, tenantId)),
});
