import type { GroupRecord } from '../directories/record.ts';
import type { NewEvent, Origin } from '../event.ts';
import type { Team } from '../teams/team-store.ts';

/** Names a group and the directory that must hold it. */
export type GroupRef = { directoryId: string; id: string };

/** A directory's group, without its members. */
export type Group = GroupRef & {
  record: GroupRecord;
  /** The team that policy makes of it. */
  team: Team | null;
  /** A rule of roles names it. */
  ruled: boolean;
};

/** A person in a group, as a member filter sees them. */
export type Member = { id: string; display: string | null };

/** What came of a change of members: whether the group is there and a rule of roles names it, and ids of whom the directory knows nothing. */
export type MemberOutcome = { found: boolean; unknown: string[]; ruled: boolean };

/**
 * Writes groups and memberships. Members are rows of their own and no write reads the list to change it, so that
 * parallel changes lose nothing (entra.md C11). Each person who really joins or leaves gets one event: of the team
 * where the group projects to one, else of the group.
 */
export interface GroupStore {
  /** The group of that directory; keeps every other change of the group and of its members out until the transaction ends. */
  lock(ref: GroupRef): Promise<Group | null>;
  /** Another one after every change of the group and of who is in it; it stays while the group is locked. */
  version(ref: GroupRef): Promise<number>;
  /** Writes a new group and its team. Refuses with NOT_UNIQUE naming displayName or externalId. */
  insert(group: Group, events: NewEvent[]): Promise<void>;
  /** Writes a group and its team's name. Refuses with NOT_UNIQUE. */
  save(group: Group, events: NewEvent[]): Promise<void>;
  /** Removes a group, and its team unless another group or a manual origin keeps it; returns who was in it. */
  remove(group: Group, event: NewEvent, teamEvent: NewEvent | null): Promise<{ users: string[] }>;
  /**
   * Adds people; when the directory does not know one of them, nobody. `withRules`: what rules of roles give members is
   * thought of; where it is not and a rule names the group, nothing is changed.
   */
  addMembers(ref: GroupRef, userIds: string[], origin: Origin, withRules: boolean): Promise<MemberOutcome>;
  removeMembers(
    ref: GroupRef,
    userIds: string[],
    origin: Origin,
    withRules: boolean,
  ): Promise<Omit<MemberOutcome, 'unknown'>>;
  /** Takes a person out of every group of a directory that lets go of them. */
  leaveAll(directoryId: string, userId: string, origin: Origin): Promise<void>;
  /** Notes from when on each of these people is in none of the directory's groups, and of who is in one, nothing. */
  noteGroups(directoryId: string, userIds: readonly string[], at: string): Promise<void>;
  /** True of a person who is in one of the directory's groups. */
  isInAny(directoryId: string, userId: string): Promise<boolean>;
  members(ref: GroupRef): Promise<Member[]>;
  /** Those of these people whom the directory does not know. */
  strangers(ref: GroupRef, userIds: string[]): Promise<string[]>;
}
