/** What a request of a directory was about. */
export type Subject = { kind: 'usr' | 'grp'; id: string };

/** One request of a directory as it is kept: redacted, ids stored ids, bodies as JSON text. */
export type LoggedRequest = {
  id: string;
  directoryId: string;
  at: string;
  /** The id that its answer named; a client may have chosen it, so that others may have the same. */
  requestId: string;
  method: string;
  /** With its query. */
  path: string;
  status: number;
  durationMs: number;
  subject: Subject | null;
  requestBody: string | null;
  responseBody: string | null;
  /** Why it was refused (RFC 7644 §3.12). */
  scimType: string | null;
  /** As `Call.done`: the transaction of the events of each command and refusal, null for a command that changed nothing. */
  done: readonly (string | null)[];
  /** The shadow that those are of, for a request that was only rehearsed; it belongs to no sync run. */
  rehearsedIn: string | null;
};

/** Keeps the provisioning log. */
export interface RequestLog {
  /** Writes rows of one tenant and brings the sync runs up to date. A row that is there already is not counted again. */
  keep(tenantId: string, rows: readonly LoggedRequest[]): Promise<void>;
  /** Every tenant there is. */
  tenants(): Promise<string[]>;
  /** Removes some rows that are older than that moment, a bounded number, the oldest first; returns how many. */
  forget(tenantId: string, before: Date): Promise<number>;
}
