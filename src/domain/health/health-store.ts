import type { NewEvent } from '../event.ts';
import type { SyncRunRow } from '../requests/request-reader.ts';
import type { HealthRow } from './directory-health.ts';

/** A run whose summary is to be written. */
export type EndedRun = SyncRunRow & { endedAt: string };

/** What ends by itself: the token or client secret of a directory that lives longest. */
export type Expiring = { id: string; keyId: string; kind: 'TOKEN' | 'CLIENT_SECRET'; expiresAt: string };

/** Looks after one directory, in one transaction. */
export interface HealthStore {
  /** How the directory fares, while nobody counts its requests or looks after it; null where it is not due any more. */
  take(directoryId: string): Promise<HealthRow | null>;
  /** Runs that nothing is added to any more and that have no summary. */
  endedRuns(directoryId: string): Promise<EndedRun[]>;
  completeRun(id: string, event: NewEvent): Promise<void>;
  /** When the newest run of the directory without a summary can have one; null: there is none. */
  nextEnd(directoryId: string): Promise<string | null>;
  /** Of each kind the one that ends last, unless one of that kind never ends. */
  expiring(directoryId: string): Promise<Expiring[]>;
  lookAgain(directoryId: string, at: string): Promise<void>;
  /** Keeps why the directory was not let in, and that it is looked at; `event` at most now and then. */
  refuse(directoryId: string, why: string, event: NewEvent | null): Promise<void>;
}

/** Tells which directories are due, of every tenant. */
export interface DueDirectories {
  due(limit: number): Promise<{ tenantId: string; directoryId: string }[]>;
}
