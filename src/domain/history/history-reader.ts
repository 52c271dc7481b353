import type { Person } from '../users/person.ts';
import type { PastEvent } from './walk-back.ts';

/** A person as they are now, deleted or not, with the teams that they are in. */
export type Present = { person: Person; teamIds: string[] };

/** Reads what a moment of the past is computed from. Answers are in the order of the ids. */
export interface HistoryReader {
  present(tenantId: string, userIds: readonly string[]): Promise<(Present | null)[]>;
  /**
   * What happened to each person after the last event at or before that moment, newest first; of each at most `most`, of
   * all at most `limit`.
   */
  since(tenantId: string, userIds: readonly string[], at: string, most: number, limit: number): Promise<PastEvent[][]>;
  /** What these teams were called at that moment; null for one of which nothing is known. */
  teamNames(tenantId: string, teamIds: readonly string[], at: string): Promise<(string | null)[]>;
}
