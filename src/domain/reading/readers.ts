import type { Actor } from '../actor.ts';
import type { AdoptionReader } from '../adoption/adoption-store.ts';
import type { BrakeReader } from '../brake/brake-store.ts';
import type { DirectoryReader, GroupReader } from '../directories/directory-reader.ts';
import type { EventReader } from '../events/event-reader.ts';
import type { UnmappedReader } from '../fields/unmapped-reader.ts';
import type { HealthReader } from '../health/directory-health.ts';
import type { HistoryReader } from '../history/history-reader.ts';
import type { NoticeReader } from '../notices/notice-store.ts';
import type { PhoneReader } from '../phones/phone-reader.ts';
import type { RehearsalReader, RehearsalSampleReader } from '../rehearsal/rehearsal-reader.ts';
import type { RequestBodyReader, RequestReader } from '../requests/request-reader.ts';
import type { RoleReader } from '../roles/role-reader.ts';
import type { RuleReader } from '../rules/rule-reader.ts';
import type { SeatReader } from '../seats/seat-store.ts';
import type { TeamReader } from '../teams/team-reader.ts';
import type { UserReader } from '../users/user-reader.ts';
import type { WebhookReader } from '../webhooks/webhook-store.ts';
import { type Guarded, readAs } from './read-as.ts';

/** Everything that can be read, whoever asks. */
export type Readers = {
  users: UserReader;
  teams: TeamReader;
  directories: DirectoryReader;
  groups: GroupReader;
  events: EventReader;
  unmapped: UnmappedReader;
  requests: RequestReader;
  requestBodies: RequestBodyReader;
  history: HistoryReader;
  phones: PhoneReader;
  rules: RuleReader;
  seats: SeatReader;
  adoptions: AdoptionReader;
  health: HealthReader;
  notices: NoticeReader;
  roles: RoleReader;
  rehearsals: RehearsalReader;
  rehearsalSamples: RehearsalSampleReader;
  brakes: BrakeReader;
  webhooks: WebhookReader;
};

/** What one actor may read. */
export type Reads = { [Name in keyof Readers]: Guarded<Readers[Name]> };

/** The readers as that actor may use them: the one place that says which scope each of them takes. */
export const readsOf = (actor: Actor, { users, teams, directories, groups, ...log }: Readers): Reads => ({
  users: readAs(actor, ['users:read'], users),
  phones: readAs(actor, ['users:read'], log.phones),
  teams: readAs(actor, ['teams:read'], teams),
  directories: readAs(actor, ['directories:read'], directories),
  groups: readAs(actor, ['directories:read'], groups),
  events: readAs(actor, ['events:read'], log.events),
  unmapped: readAs(actor, ['directories:read'], log.unmapped),
  requests: readAs(actor, ['directories:read'], log.requests),
  requestBodies: readAs(actor, ['users:read.sensitive'], log.requestBodies),
  rehearsals: readAs(actor, ['directories:read'], log.rehearsals),
  rehearsalSamples: readAs(actor, ['events:read'], log.rehearsalSamples),
  history: readAs(actor, ['events:read'], log.history),
  rules: readAs(actor, ['users:read', 'rules:write'], log.rules),
  seats: readAs(actor, ['users:read'], log.seats),
  adoptions: readAs(actor, ['directories:read'], log.adoptions),
  health: readAs(actor, ['directories:read'], log.health),
  notices: readAs(actor, ['directories:read'], log.notices),
  roles: readAs(actor, ['users:read', 'roles:write'], log.roles),
  brakes: readAs(actor, ['directories:read'], log.brakes),
  webhooks: readAs(actor, ['tenants:admin'], log.webhooks),
});
