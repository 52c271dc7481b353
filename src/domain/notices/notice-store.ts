import type { NewEvent } from '../event.ts';
import type { NewNotice, Notice, NoticeKind, Recipients } from './notice.ts';

/** Keeps notices. */
export interface NoticeStore {
  /** False, and nothing is written, where one of the same kind and key is open. */
  open(notice: Notice, event: NewEvent): Promise<boolean>;
  /** Writes nothing where none is open. */
  close(notice: Pick<NewNotice, 'kind' | 'dedupeKey'>, at: string, event: NewEvent): Promise<void>;
  openOf(directoryId: string, kinds: readonly NoticeKind[]): Promise<Notice[]>;
  recipients(): Promise<Recipients>;
  setRecipients(recipients: Recipients, event: NewEvent): Promise<void>;
}

/** Reads notices, the newest first. */
export interface NoticeReader {
  /** `open`: null for all. At most a few hundred. */
  list(tenantId: string, open: boolean | null): Promise<Notice[]>;
  ofDirectories(tenantId: string, directoryIds: readonly string[]): Promise<Notice[]>;
  byIds(tenantId: string, ids: readonly string[]): Promise<Notice[]>;
  recipients(tenantId: string): Promise<Recipients>;
}
