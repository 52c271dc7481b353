import type { GroupRecord, UserRecord } from '../directories/record.ts';
import type { NewEvent } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Rehearsal } from './rehearsal.ts';

/** A person as a directory has them: the record, with what it asserts. */
export type PersonView = { id: string; record: UserRecord };

/** A group as a directory has it, with the stored ids of whom it holds in it. */
export type GroupView = { id: string; record: GroupRecord; members: string[] };

export type SubjectKind = 'usr' | 'grp';

/**
 * Rehearsals of one tenant's directories. `begin`, `accept` and `end` raise the policy's version and throw StaleWrite when
 * it is not the one given, so that no write that was computed before comes through after.
 */
export interface RehearsalStore {
  /** Kept from others until the transaction ends. */
  lock(directoryId: string): Promise<Rehearsal | null>;
  begin(rehearsal: Rehearsal, startedBy: string, policy: Policy, event: NewEvent): Promise<void>;
  /** Waits until whoever was writing people or groups has ended; false when that takes longer. */
  settleWrites(milliseconds: number): Promise<boolean>;
  /** Names another shadow for a copy that begins anew; false when no copy is wanted any more. */
  renew(directoryId: string, shadowId: string): Promise<boolean>;
  /** Answers the directory from that shadow; false when it is not the one that is wanted. */
  open(directoryId: string, shadowId: string, event: NewEvent): Promise<boolean>;
  accept(rehearsal: Rehearsal, policy: Policy, event: NewEvent): Promise<void>;
  /** In a shadow: lets the directory write nothing more. */
  freeze(directoryId: string, policy: Policy): Promise<void>;
  /** In a shadow: ids of the next people or groups of whom it has events of its own. */
  touched(rehearsal: Rehearsal, kind: SubjectKind, after: string | null, limit: number): Promise<string[]>;
  /** Ids of the shadows that answer directories of the tenant. */
  shadows(): Promise<string[]>;
  /** Whether that person was here and was erased. */
  isErased(userId: string): Promise<boolean>;
  people(directoryId: string, ids: string[]): Promise<PersonView[]>;
  groups(directoryId: string, ids: string[]): Promise<GroupView[]>;
  /** Ends the rehearsal; `state`: the directory's from now on, null: the one it has. */
  end(rehearsal: Rehearsal, state: Rehearsal['stateBefore'] | null, policy: Policy, events: NewEvent[]): Promise<void>;
}
