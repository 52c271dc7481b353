import type { NewEvent } from '../event.ts';
import type { DirectoryState } from '../policy.ts';
import type { Preset } from '../presets/presets.ts';
import type { DirectoryPolicy } from './directory-policy.ts';

/**
 * What becomes of the people whom only that directory held: they are kept, with editable values; kept without access; or
 * deleted.
 */
export type DisconnectPlan = 'KEEP_MANUAL' | 'DEACTIVATE' | 'DELETE';

export type Directory = {
  id: string;
  name: string;
  preset: Preset;
  state: DirectoryState;
  policy: DirectoryPolicy;
  createdAt: string;
  /** The plan of a disconnected directory while it is being carried out; null when it is done. */
  disconnecting: DisconnectPlan | null;
};

/** Whom a directory means by an externalId, as an admin said; null: nobody any more. Ids are stored ids. */
export type Expectation = { directoryId: string; userId: string; externalId: string | null; createdBy: string };

export interface DirectoryStore {
  find(id: string): Promise<Directory | null>;
  insert(directory: Directory, event: NewEvent): Promise<void>;
  /** Writes what was decided about it; throws StaleWrite when the tenant's policy is no longer of that version. */
  savePolicy(directory: Directory, version: number, event: NewEvent): Promise<void>;
  /** True when the directory holds somebody of that externalId. */
  holds(directoryId: string, externalId: string): Promise<boolean>;
  /** The externalId by which the directory is expected to send that person. */
  expected(directoryId: string, userId: string): Promise<string | null>;
  /** Replaces what was expected of that person; refuses with NOT_UNIQUE when somebody else is expected by the externalId. */
  expect(expectation: Expectation, event: NewEvent): Promise<void>;
}
