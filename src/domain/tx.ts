import type { AdoptionStore } from './adoption/adoption-store.ts';
import type { BrakeStore } from './brake/brake-store.ts';
import type { HeldStore } from './brake/held-store.ts';
import type { CredentialStore } from './credentials/credential-store.ts';
import type { FederationStore } from './credentials/federation-store.ts';
import type { DirectoryStore } from './directories/directory-store.ts';
import type { DisconnectStore } from './directories/disconnect-store.ts';
import type { NewEvent } from './event.ts';
import type { FieldStore } from './fields/field-store.ts';
import type { GroupStore } from './groups/group-store.ts';
import type { ProjectionStore } from './groups/projection-store.ts';
import type { HealthStore } from './health/health-store.ts';
import type { HistoryStore } from './history/history-store.ts';
import type { ClaimStore, KeptAnswers } from './idempotency/kept-answers.ts';
import type { InvitationStore } from './invitations/invitation-store.ts';
import type { NoticeStore } from './notices/notice-store.ts';
import type { OutboxStore } from './outbox/outbox-store.ts';
import type { PhoneStore } from './phones/phone-store.ts';
import type { Policy } from './policy.ts';
import type { RehearsalStore } from './rehearsal/rehearsal-store.ts';
import type { Shadows } from './rehearsal/shadows.ts';
import type { RoleStore } from './roles/role-store.ts';
import type { RuleStore } from './rules/rule-store.ts';
import type { SeatStore } from './seats/seat-store.ts';
import type { SweepStore } from './sweeps/due-people.ts';
import type { TeamStore } from './teams/team-store.ts';
import type { UserStore } from './users/user-store.ts';
import type { WebhookStore } from './webhooks/webhook-store.ts';

/** What a command may read and write, within one tenant. */
export interface Tx {
  users: UserStore;
  groups: GroupStore;
  projections: ProjectionStore;
  teams: TeamStore;
  directories: DirectoryStore;
  disconnects: DisconnectStore;
  credentials: CredentialStore;
  federations: FederationStore;
  rules: RuleStore;
  roles: RoleStore;
  fields: FieldStore;
  phones: PhoneStore;
  history: HistoryStore;
  seats: SeatStore;
  adoptions: AdoptionStore;
  brakes: BrakeStore;
  held: HeldStore;
  sweeps: SweepStore;
  invitations: InvitationStore;
  health: HealthStore;
  notices: NoticeStore;
  outbox: OutboxStore;
  rehearsals: RehearsalStore;
  webhooks: WebhookStore;
  claims: ClaimStore;
  /** Writes an event that changes no row, such as a refusal. */
  note(event: NewEvent): Promise<void>;
  readonly atomicity: Atomicity;
  /** The transaction in which events were written so far; null while there are none. */
  readonly loggedIn: string | null;
}

/**
 * `statement`: each write is a transaction of its own, and the command makes at most one.
 * `transaction`: all writes together, or none.
 */
export type Atomicity = 'statement' | 'transaction';

/** The door to storage that commands go through; `run` is its only caller. */
export interface Storage {
  open<T>(tenantId: string, atomicity: Atomicity, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The tenant's policy; `fresh` reads it again, otherwise it may be one that has just been replaced. */
  policy(tenantId: string, fresh: boolean): Promise<Policy>;
  /** What is not done in the transaction of a command: copies of tenants. */
  shadows: Shadows;
  /** Requests that must happen once; what is said of them before and after their commands. */
  answers: KeptAnswers;
}
