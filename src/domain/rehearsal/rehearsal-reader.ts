import type { EventRow } from '../events/event-reader.ts';
import type { Rehearsal } from './rehearsal.ts';

/** What a rehearsal would do so far, by people and groups: each is counted once under a heading, however often it came. */
export type RehearsalCounts = {
  requests: number;
  created: number;
  updated: number;
  deactivated: number;
  deleted: number;
  groupsCreated: number;
  groupsUpdated: number;
  groupsDeleted: number;
  membersAdded: number;
  membersRemoved: number;
  refused: number;
};

export type RehearsalReport = Rehearsal & RehearsalCounts;

/** Reads rehearsals of the tenant's own directories, by their shadows. */
export interface RehearsalReader {
  ofDirectories(tenantId: string, directoryIds: readonly string[]): Promise<RehearsalReport[]>;
}

/** Reads what single records would see; for callers who may read the log. */
export interface RehearsalSampleReader {
  /** The newest events of a directory's rehearsal. */
  sample(tenantId: string, directoryId: string, limit: number): Promise<EventRow[]>;
}
