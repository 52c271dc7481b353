import type { Page, Slice } from '../page.ts';
import type { LoggedRequest } from './request-log.ts';
import type { SyncRun } from './sync-run.ts';

/** A request as it is read; bodies only where they were asked for. */
export type RequestRow = Omit<LoggedRequest, 'done' | 'subject' | 'requestBody' | 'responseBody'> & {
  subjectKind: 'usr' | 'grp' | null;
  subjectId: string | null;
  /** The transactions of its events. */
  transactions: string[];
};

/** The bodies of one request as JSON text. */
export type RequestBodies = { id: string; requestBody: string | null; responseBody: string | null };

/** Which requests are wanted; null: all of them. */
export type RequestCondition = { failed: boolean | null; subjectId: string | null };

/** A run as it is read: `endedAt` is null while it may go on. */
export type SyncRunRow = Omit<SyncRun, 'lastAt' | 'isClosed'> & { endedAt: string | null };

/** Reads the provisioning log, newest first. */
export interface RequestReader {
  byIds(tenantId: string, ids: readonly string[]): Promise<RequestRow[]>;
  ofDirectories(
    tenantId: string,
    directoryIds: readonly string[],
    where: RequestCondition,
    slice: Slice,
    limit: number,
  ): Promise<Page<RequestRow>[]>;
  runsByIds(tenantId: string, ids: readonly string[]): Promise<SyncRunRow[]>;
  runsOfDirectories(
    tenantId: string,
    directoryIds: readonly string[],
    slice: Slice,
    limit: number,
  ): Promise<Page<SyncRunRow>[]>;
}

/** Reads what requests and answers held; for callers who may see sensitive fields. */
export interface RequestBodyReader {
  bodies(tenantId: string, ids: readonly string[]): Promise<RequestBodies[]>;
}
