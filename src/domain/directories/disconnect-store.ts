import type { Change, NewEvent, Origin } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Person } from '../users/person.ts';
import type { Directory, DisconnectPlan } from './directory-store.ts';

/** How far a disconnected directory has been worked through; `upTo`: the last person, by id, who is done. */
export type Progress = { plan: DisconnectPlan; upTo: string | null };

/** A person as they become, and what changed; `version` is the one that was read. */
export type HandedOver = { person: Person; changes: Change[] };

/** Disconnects directories. What follows for people and groups is done in parts, each with the progress it makes. */
export interface DisconnectStore {
  /** Disconnects the directory and raises the policy's version; throws StaleWrite when it is not the one given. */
  begin(directory: Directory, plan: DisconnectPlan, policy: Policy, event: NewEvent): Promise<void>;
  /** The progress, kept from others until the transaction ends; null when nothing is left to do. */
  lock(directoryId: string): Promise<Progress | null>;
  /** Locks the next people whom the directory held, by id. */
  lockPeople(directoryId: string, after: string | null, limit: number): Promise<string[]>;
  /** Those of these people whom another directory, one that is connected, holds as well. */
  heldElsewhere(userIds: string[]): Promise<string[]>;
  /** Lets people go who are nobody else's, as the plan says; one event each. */
  release(directoryId: string, userIds: string[], plan: DisconnectPlan, origin: Origin): Promise<void>;
  /**
   * Writes people who stay another directory's, with one event each, in one statement; `ended`: the directory whose words go
   * with it, or null. Throws StaleWrite when one of them, or the policy, has moved on.
   */
  handOver(people: readonly HandedOver[], ended: string | null, policy: Policy, origin: Origin): Promise<void>;
  advance(directoryId: string, upTo: string): Promise<void>;
  /** Makes manual teams, with their members, of the next groups' teams; returns how many groups there were. */
  freeTeams(directoryId: string, limit: number, origin: Origin): Promise<number>;
  /** Removes the next groups with their members, one event each, and the teams they made; returns how many groups there were. */
  removeGroups(directoryId: string, limit: number, origin: Origin): Promise<number>;
  finish(directoryId: string): Promise<void>;
  /** Stored ids of directories that were being disconnected when the hub stopped. */
  unfinished(): Promise<string[]>;
}
