import type { NewEvent, Origin } from '../event.ts';
import type { Group, GroupRef } from '../groups/group-store.ts';
import type { BrakeDecision } from './brake-store.ts';

/** A group that its directory deleted while the brake was on. */
export type HeldGroup = { id: string; displayName: string; teamId: string | null; teamName: string | null };

/** Memberships and groups that a directory ended while its brake was on: gone for it, and counting here. */
export interface HeldStore {
  /** Those of these people who are in the group, which stays as it is until the transaction ends; null: no such group. */
  membersAmong(ref: GroupRef, userIds: readonly string[]): Promise<string[] | null>;
  holdMembers(ref: GroupRef, userIds: readonly string[], origin: Origin): Promise<void>;
  /** As `holdMembers`, for every group of the directory. */
  holdAllOf(directoryId: string, userId: string, origin: Origin): Promise<void>;
  /** Holds a group that is locked, with everyone in it. */
  holdGroup(group: Group, event: NewEvent): Promise<void>;
  /** Ends, or gives back, the next memberships, one event each; returns whom they were of. */
  releaseMembers(directoryId: string, decision: BrakeDecision, most: number, origin: Origin): Promise<string[]>;
  /** Makes the teams of held groups manual, with everybody whom the brake kept in them. */
  keepTeams(directoryId: string, origin: Origin): Promise<void>;
  nextGroups(directoryId: string, most: number): Promise<HeldGroup[]>;
  /** Ends the group, and its team unless another group or a manual origin keeps it. */
  endGroup(group: HeldGroup, event: NewEvent, teamEvent: NewEvent): Promise<void>;
  /** Gives the group back, unless its directory has sent another one of that name or externalId. */
  restoreGroup(group: HeldGroup, event: NewEvent): Promise<void>;
}
