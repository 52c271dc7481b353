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
  /** Whether an admin chose the team. */
  linked: boolean;
  /** Whether other groups are of the same team. */
  shared: boolean;
};

/** A person in a group, as a member filter sees them. */
export type Member = { id: string; display: string | null };

/**
 * What came of a change of members: whether the group is there and a rule of roles names it, ids of whom the directory
 * knows nothing, and of who joined or left the group. `waits`: nothing was done, the group and its team must be locked first.
 */
export type MemberOutcome = { found: boolean; ruled: boolean; waits: boolean; unknown: string[]; changed: string[] };

/**
 * Whether the group and its team are locked, whether the group makes a team where it has none, and whether what rules of
 * roles give members is thought of: where it is not and a rule names the group, nothing is changed.
 */
export type MemberHold = { isHeld: boolean; makesTeam: boolean; withRules: boolean };

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
  /**
   * Writes a new group and its team. Refuses with NOT_UNIQUE naming displayName or externalId; throws StaleWrite when the
   * tenant's policy is no longer of that version.
   */
  insert(group: Group, version: number, events: NewEvent[]): Promise<void>;
  /** Keeps what the directory's groups make as it is until the transaction ends; the first group waits for all others. */
  hold(directoryId: string, isFirst: boolean): Promise<void>;
  /** From now on the directory has sent groups; raises the policy's version. */
  noteSent(directoryId: string): Promise<void>;
  /** Locks that group and all groups of that team. */
  lockOfTeam(groupId: string, teamId: string): Promise<void>;
  /** Makes the locked group one of that team, or of none, with an event for each person who joins and leaves a team by it. */
  move(group: Group, teamId: string | null, event: NewEvent): Promise<void>;
  /** Keeps others out of the team of a locked group. */
  lockTeam(group: Group): Promise<void>;
  /** Writes a group and its team's name. Refuses with NOT_UNIQUE. */
  save(group: Group, events: NewEvent[]): Promise<void>;
  /** Removes a group, and its team unless another group or a manual origin keeps it; returns who was in it. */
  remove(group: Group, event: NewEvent, teamEvent: NewEvent | null): Promise<{ users: string[] }>;
  /** Adds people; when the directory does not know one of them, nobody. */
  addMembers(ref: GroupRef, userIds: string[], origin: Origin, hold: MemberHold): Promise<MemberOutcome>;
  removeMembers(ref: GroupRef, userIds: string[], origin: Origin, hold: MemberHold): Promise<MemberOutcome>;
  /** Takes a person out of every group of a directory that lets go of them, and out of the team of all its people. */
  leaveAll(directoryId: string, userId: string, origin: Origin): Promise<void>;
  /** Notes from when on each of these people is in none of the directory's groups, and of who is in one, nothing. */
  noteGroups(directoryId: string, userIds: readonly string[], at: string): Promise<void>;
  /** True of a person who is in one of the directory's groups. */
  isInAny(directoryId: string, userId: string): Promise<boolean>;
  members(ref: GroupRef): Promise<Member[]>;
  /** Those of these people whom the directory does not know. */
  strangers(ref: GroupRef, userIds: string[]): Promise<string[]>;
}
