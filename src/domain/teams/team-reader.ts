import type { Page, Slice } from '../page.ts';
import type { TextTest } from '../users/user-condition.ts';
import type { TeamOrigin } from './team-store.ts';

/** What of a team can be read. */
export type TeamColumn = 'version' | 'name' | 'description' | 'origin' | 'createdAt' | 'updatedAt';

/** A team as far as it was asked for; `id` is the stored id. */
export type TeamRow = { id: string } & Partial<{
  version: number;
  name: string;
  description: string | null;
  origin: TeamOrigin;
  createdAt: string;
  updatedAt: string;
}>;

/** A question about teams. `member` is a stored id; null: an id that names nobody. */
export type TeamCondition = { name?: TextTest; origin?: TeamOrigin; member?: string | null };

/** Reads teams, by name. Lists of several owners come as one page for each, in the order of the owners. */
export interface TeamReader {
  byIds(tenantId: string, ids: readonly string[], columns: readonly TeamColumn[]): Promise<TeamRow[]>;
  list(tenantId: string, where: TeamCondition, slice: Slice, columns: readonly TeamColumn[]): Promise<Page<TeamRow>>;
  count(tenantId: string, where: TeamCondition): Promise<number>;
  /** Teams that each person is in, by hand or through a directory group. */
  ofUsers(
    tenantId: string,
    userIds: readonly string[],
    slice: Slice,
    columns: readonly TeamColumn[],
    limit: number,
  ): Promise<Page<TeamRow>[]>;
  countsOfUsers(tenantId: string, userIds: readonly string[]): Promise<number[]>;
  /** How many people each team has whom a list of people would show. */
  memberCounts(tenantId: string, teamIds: readonly string[]): Promise<number[]>;
}
