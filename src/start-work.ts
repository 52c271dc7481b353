import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Hub } from './domain/command.ts';
import { INVITATION } from './domain/invitations/invite.ts';
import type { NoticeReader } from './domain/notices/notice-store.ts';
import { NOTICE_MAIL, NOTICE_WEBHOOK } from './domain/notices/raise-notice.ts';
import { PHONE_CODE } from './domain/phones/want-code.ts';
import type { RequestLog } from './domain/requests/request-log.ts';
import type { Metrics } from './http/metrics.ts';
import { outboxMetrics } from './http/outbox-metrics.ts';
import { eventCourier } from './http/webhooks/event-courier.ts';
import { sendNoticeHook } from './http/webhooks/send-notice.ts';
import { fileMailer, type Mailer, smtpMailer } from './mail/mailer.ts';
import { sendInvitation } from './mail/send-invitation.ts';
import { sendNoticeMail } from './mail/send-notice.ts';
import { phoneCodes } from './phone-codes.ts';
import type { Database } from './storage/database.ts';
import { invitationReader } from './storage/invitations/invitation-reader.ts';
import { dueDirectories } from './storage/notices/health-reader.ts';
import { outboxQueue } from './storage/outbox/outbox-queue.ts';
import { phoneWatch } from './storage/phones/phone-reader.ts';
import { webhookQueue } from './storage/webhooks/webhook-queue.ts';
import { forgetAnswers } from './work/forget-answers.ts';
import { forgetHourly } from './work/forget-requests.ts';
import { keepRehearsals } from './work/keep-rehearsals.ts';
import { lookAfterDirectories } from './work/look-after-directories.ts';
import { keepRecheckingPhones } from './work/recheck-phones.ts';
import { sendOutbox } from './work/send-outbox.ts';
import { sendWebhooks } from './work/send-webhooks.ts';
import { keepSweepingPeople } from './work/sweep-people.ts';

/** What the work of a hub is made of. */
export type WorkParts = {
  hub: Hub;
  database: Database;
  config: Config;
  metrics: Metrics;
  requests: RequestLog;
  notices: NoticeReader;
  log: (line: string) => void;
};

/** Starts what the hub does without being asked, beside other hubs on the same database. Returns what ends it. */
export function startWork({ hub, database, config, metrics, requests, notices, log }: WorkParts): () => Promise<void> {
  const failing = (name: string) => (error: unknown) => log(`work ${name} ${error}`);
  const queue = outboxQueue(database);
  outboxMetrics(metrics.registry, queue.count);
  const { publicUrl, logDays } = config;
  const invitations = invitationReader(database);
  const post = { invitations, notices, seal: hub.seal, mailer: mailerOf(config), publicUrl };
  const senders = {
    [INVITATION]: sendInvitation(post),
    [NOTICE_MAIL]: sendNoticeMail(post),
    [NOTICE_WEBHOOK]: sendNoticeHook({ ...post, allowsLocal: config.localWebhooks }),
    [PHONE_CODE]: phoneCodes(hub, config, log),
  };
  const stops = [
    sendOutbox({ queue, senders, log }),
    keepRecheckingPhones(hub, phoneWatch(database), failing('recheck-phones')),
    lookAfterDirectories(hub, dueDirectories(database), failing('look-after')),
    keepRehearsals(hub, failing('keep-rehearsals')),
    keepSweepingPeople(hub, requests.tenants, failing('sweep-people')),
    sendWebhooks({ hub, queue: webhookQueue(database), courier: eventCourier(hub.seal, config.localWebhooks), log }),
    forgetAnswers(hub.storage.answers, requests.tenants, failing('forget-answers')),
    forgetHourly(requests, logDays, failing('forget-requests')),
  ];
  return async () => {
    for (const stop of stops) await stop();
  };
}

const mailerOf = ({ smtpUrl, mailFrom, dataDir }: Config): Mailer =>
  smtpUrl ? smtpMailer(smtpUrl, mailFrom) : fileMailer(join(dataDir, 'mail'), mailFrom);
