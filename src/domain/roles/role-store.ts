import type { NewEvent, Origin } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Role, RoleRule } from './role.ts';

/** Writes roles, who was given them directly, and the rules that give them. */
export interface RoleStore {
  find(id: string): Promise<Role | null>;
  byKey(key: string): Promise<Role | null>;
  /** Refuses with NOT_UNIQUE naming key. */
  insert(role: Role, event: NewEvent): Promise<void>;
  save(role: Role, event: NewEvent): Promise<void>;
  /** Removes the role and takes it from whoever holds it directly, with an event each; false while a rule names it. */
  remove(role: Role, event: NewEvent, revoked: Omit<NewEvent, 'subjectId'>): Promise<boolean>;
  /** Gives the role, raising the person's version; false when they hold it directly already. Throws StaleWrite. */
  grant(person: Versioned, role: Role, event: NewEvent): Promise<boolean>;
  /** Takes the role, raising the person's version; false when they did not hold it directly. Throws StaleWrite. */
  revoke(person: Versioned, role: Role, event: NewEvent): Promise<boolean>;
  /** Ids of the groups that are not there. */
  unknownGroups(ids: readonly string[]): Promise<string[]>;
  /**
   * Replaces the rules and raises the policy's version; `pending`: people are to be looked at anew. Members of the groups
   * that old or new rules name neither join nor leave meanwhile. Throws StaleWrite.
   */
  saveRules(rules: readonly RoleRule[], pending: boolean, policy: Policy, event: NewEvent): Promise<void>;
  /** Stored ids of the groups of connected directories that the person is in and a rule names. */
  groupsOf(userId: string): Promise<string[]>;
  /** Sets the kind of these people by the rules, null: of everyone, with an event for each who changed. */
  settleKinds(userIds: readonly string[] | null, origin: Origin): Promise<void>;
  /** Whether the person holds the role `owner`, and is active. */
  isOwner(userId: string): Promise<boolean>;
  /** Ids of the active owners; keeps others who would remove one waiting until the transaction ends. */
  lockOwners(): Promise<string[]>;
  /** Ids of the active owners, without those whom that directory holds. */
  owners(exceptOf?: string): Promise<string[]>;
  /** Gives those people the role `owner` directly, unless they hold it so. */
  keepOwners(userIds: readonly string[], origin: Origin): Promise<void>;
  /** Tells that somebody was kept, unless that is the last that the log tells of them: timers ask every second. */
  noteKept(event: NewEvent): Promise<void>;
}

/** A person as they were read. */
export type Versioned = { id: string; version: number };
