import type { Readers } from '../domain/reading/readers.ts';
import type { Storage } from '../domain/tx.ts';
import { adoptionReader } from './adoption/adoption-store.ts';
import { brakeReader } from './brake/brake-reader.ts';
import type { Database } from './database.ts';
import { directoryReader } from './directories/directory-reader.ts';
import { eventReader } from './events/event-reader.ts';
import { unmappedReader } from './fields/unmapped-reader.ts';
import { groupReader } from './groups/group-reader.ts';
import { historyReader } from './history/history-reader.ts';
import { healthReader } from './notices/health-reader.ts';
import { noticeReader } from './notices/notice-store.ts';
import { phoneReader } from './phones/phone-reader.ts';
import { rehearsalReader } from './rehearsal/rehearsal-reader.ts';
import { requestBodyReader, requestReader } from './requests/request-reader.ts';
import { roleReader } from './roles/role-reader.ts';
import { ruleReader } from './rules/rule-reader.ts';
import { seatReader } from './seats/seat-reader.ts';
import { teamReader } from './teams/team-reader.ts';
import { userReader } from './users/user-reader.ts';
import { webhookReader } from './webhooks/webhook-reader.ts';

/** Every reader on that database. */
export const openReaders = (database: Database, storage: Storage): Readers => ({
  users: userReader(database, (tenantId) => storage.policy(tenantId, true)),
  teams: teamReader(database),
  directories: directoryReader(database),
  groups: groupReader(database),
  events: eventReader(database),
  unmapped: unmappedReader(database),
  requests: requestReader(database),
  requestBodies: requestBodyReader(database),
  history: historyReader(database, (tenantId) => storage.policy(tenantId, true)),
  phones: phoneReader(database),
  rules: ruleReader(database),
  seats: seatReader(database),
  adoptions: adoptionReader(database),
  health: healthReader(database),
  notices: noticeReader(database),
  roles: roleReader(database),
  rehearsals: rehearsalReader(database),
  rehearsalSamples: rehearsalReader(database),
  brakes: brakeReader(database),
  webhooks: webhookReader(database),
});
