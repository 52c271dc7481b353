import type pg from 'pg';
import type { Policy } from '../domain/policy.ts';
import type { Atomicity, Storage, Tx } from '../domain/tx.ts';
import { adoptionStore } from './adoption/adoption-store.ts';
import { brakeStore } from './brake/brake-store.ts';
import { heldStore } from './brake/held-store.ts';
import { credentialStore } from './credentials/credential-store.ts';
import { federationStore } from './credentials/federation-store.ts';
import type { Database, Session, Statement } from './database.ts';
import { directoryStore } from './directories/directory-store.ts';
import { disconnectStore } from './directories/disconnect-store.ts';
import { eventValues, insertEvent } from './events/event-statement.ts';
import { fieldStore } from './fields/field-store.ts';
import { groupStore } from './groups/group-store.ts';
import { projectionStore } from './groups/projection-store.ts';
import { historyStore } from './history/history-store.ts';
import { claimStore } from './idempotency/claim-store.ts';
import { keptAnswers } from './idempotency/kept-answers.ts';
import { invitationStore } from './invitations/invitation-store.ts';
import { healthStore } from './notices/health-store.ts';
import { noticeStore } from './notices/notice-store.ts';
import { outboxStore } from './outbox/outbox-store.ts';
import { phoneStore } from './phones/phone-store.ts';
import { rehearsalStore } from './rehearsal/rehearsal-store.ts';
import { shadows } from './rehearsal/shadows.ts';
import { roleStore } from './roles/role-store.ts';
import { readPolicy } from './rules/policy-reader.ts';
import { ruleStore } from './rules/rule-store.ts';
import { seatStore } from './seats/seat-store.ts';
import { sweepStore } from './sweeps/sweep-store.ts';
import { teamStore } from './teams/team-store.ts';
import { userStore } from './users/user-store.ts';
import { webhookStore } from './webhooks/webhook-store.ts';

/** The longest that reading goes by a policy which another process has replaced, in ms. */
const BELIEVED_MS = 1_000;

/** Storage on PostgreSQL. Policies are remembered, which is safe: every write checks the version it was computed with. */
export function openStorage(database: Database): Storage {
  const policies = new Map<string, Policy>();
  const believedUntil = new Map<string, number>();
  const policy = async (tenantId: string, fresh: boolean) => {
    const known = policies.get(tenantId);
    const isBelieved = (believedUntil.get(tenantId) ?? 0) > Date.now();
    if (known && isBelieved && !fresh) return known;
    believedUntil.set(tenantId, Date.now() + BELIEVED_MS);
    const read = await database.session(tenantId, (session) => readPolicy(session, tenantId));
    // One object for one version: what is made of it is remembered by it. A slow read must not bring back an older one.
    const newest = policies.get(tenantId);
    if (newest && newest.version >= read.version) return newest;
    policies.set(tenantId, read);
    return read;
  };
  return {
    policy,
    shadows: shadows(database),
    answers: keptAnswers(database),
    open: (tenantId, atomicity, work) => {
      const perform = (session: Session) => work(txOn(session, tenantId, atomicity, () => policies.get(tenantId)!));
      return atomicity === 'transaction'
        ? database.transaction(tenantId, perform)
        : database.session(tenantId, perform);
    },
  };
}

function txOn(bare: Session, tenantId: string, atomicity: Atomicity, policy: () => Policy): Tx {
  let loggedIn: string | null = null;
  // A statement that writes an event returns the transaction it did so in.
  const session: Session = {
    async run<Row extends pg.QueryResultRow>(statement: Statement, values: unknown[]) {
      const rows = await bare.run<Row>(statement, values);
      loggedIn = rows[0]?.loggedIn ?? loggedIn;
      return rows;
    },
    ask: (question) => bare.ask(question),
  };
  return {
    users: userStore(session, tenantId, policy),
    groups: groupStore(session, tenantId),
    projections: projectionStore(session, tenantId),
    teams: teamStore(session, tenantId),
    directories: directoryStore(session, tenantId),
    disconnects: disconnectStore(session, tenantId),
    credentials: credentialStore(session, tenantId),
    federations: federationStore(session, tenantId),
    rules: ruleStore(session, tenantId, policy),
    roles: roleStore(session, tenantId),
    atomicity,
    fields: fieldStore(session, tenantId, policy),
    phones: phoneStore(session, tenantId),
    history: historyStore(session, tenantId, policy),
    seats: seatStore(session, tenantId, policy),
    adoptions: adoptionStore(session, tenantId),
    brakes: brakeStore(session, tenantId),
    held: heldStore(session, tenantId),
    sweeps: sweepStore(session, tenantId),
    invitations: invitationStore(session, tenantId),
    health: healthStore(session, tenantId),
    notices: noticeStore(session, tenantId),
    outbox: outboxStore(session, tenantId),
    rehearsals: rehearsalStore(session, tenantId),
    webhooks: webhookStore(session, tenantId),
    claims: claimStore(session),
    async note(event) {
      await session.run(insertEvent, [tenantId, ...eventValues(event)]);
    },
    get loggedIn() {
      return loggedIn;
    },
  };
}
