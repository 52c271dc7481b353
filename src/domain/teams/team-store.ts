import type { NewEvent } from '../event.ts';

export type TeamOrigin = 'MANUAL' | 'PROJECTED' | 'CENTRAL';

export type Team = { id: string; version: number; name: string; description: string | null; origin: TeamOrigin };

/** Writes teams and the memberships given by hand. */
export interface TeamStore {
  find(id: string): Promise<Team | null>;
  insert(team: Team, event: NewEvent): Promise<void>;
  /** Writes the team; `team.version` is the version that was read. Throws StaleWrite when it has moved on. */
  save(team: Team, event: NewEvent): Promise<void>;
  remove(team: Team, event: NewEvent): Promise<void>;
  /** Returns the ids that name nobody, and then adds nobody. */
  addMembers(team: Team, userIds: string[], event: Omit<NewEvent, 'changes'>): Promise<{ unknown: string[] }>;
  /** Returns the ids whose membership a directory group gives, and then removes nobody. */
  removeMembers(team: Team, userIds: string[], event: Omit<NewEvent, 'changes'>): Promise<{ projected: string[] }>;
}
