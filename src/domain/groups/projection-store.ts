import type { Origin } from '../event.ts';
import type { GroupRef } from './group-store.ts';

/** Which groups make a team: also empty ones, also those of stakeholders alone. */
export type ProjectionRule = { empty: boolean; stakeholders: boolean };

/** How many teams something was done to, and the people in them, by stored id. */
export type Touched = { teams: number; userIds: string[] };

/** The team that a directory's people are all in. */
export type CentralTeam = { id: string; directoryId: string; name: string };

/** Makes of a directory's groups and people what its policy says, many at a time. */
export interface ProjectionStore {
  /** Keeps every change of the directory's groups out until the transaction ends. */
  lockAll(directoryId: string): Promise<void>;
  /** Stored ids of the directory's groups that have no team. */
  waiting(directoryId: string): Promise<string[]>;
  /** Groups without a team that one of these people is in, kept as by `lockAll`. */
  waitingOf(userIds: string[]): Promise<GroupRef[]>;
  /**
   * Makes the teams of those of these groups that have none and should, with the events of who is in them; `joining`
   * counts as if they were. Throws StaleWrite when the tenant's policy is no longer of that version.
   */
  project(ask: Projection, version: number, origin: Origin): Promise<Touched>;
  /** Frees the teams of these groups, or of all, of their groups; they stay with their people, as made by hand. */
  keep(directoryId: string, groupIds: string[] | null, origin: Origin): Promise<Touched>;
  /** Puts everybody whom the directory holds into the team, which is made when there is anybody. */
  openCentral(team: CentralTeam, origin: Origin): Promise<Touched>;
  /** Keeps the team out of other hands; null: it is not there. */
  lockCentral(team: Pick<CentralTeam, 'id'>): Promise<{ byHand: boolean } | null>;
  /** Makes a manual team of it, or removes it. Returns who was in it. */
  keepCentral(team: Pick<CentralTeam, 'id'>, origin: Origin): Promise<string[]>;
  dropCentral(team: Pick<CentralTeam, 'id'>, origin: Origin): Promise<string[]>;
}

export type Projection = { directoryId: string; groupIds: string[]; joining: string[]; rule: ProjectionRule };
