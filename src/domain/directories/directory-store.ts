import type { NewEvent } from '../event.ts';
import type { DirectoryState } from '../policy.ts';

export type Preset = 'CUSTOM' | 'ENTRA_STANDARD' | 'DYNAMIC_SIGNAL' | 'SIGN_IN_ENTERPRISE' | 'DYNASEND' | 'SIGNL4';

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
  createdAt: string;
  /** The plan of a disconnected directory while it is being carried out; null when it is done. */
  disconnecting: DisconnectPlan | null;
};

/** Whom a directory means by an externalId, as an admin said; null: nobody any more. Ids are stored ids. */
export type Expectation = { directoryId: string; userId: string; externalId: string | null; createdBy: string };

export interface DirectoryStore {
  find(id: string): Promise<Directory | null>;
  insert(directory: Directory, event: NewEvent): Promise<void>;
  /** True when the directory holds somebody of that externalId. */
  holds(directoryId: string, externalId: string): Promise<boolean>;
  /** The externalId by which the directory is expected to send that person. */
  expected(directoryId: string, userId: string): Promise<string | null>;
  /** Replaces what was expected of that person; refuses with NOT_UNIQUE when somebody else is expected by the externalId. */
  expect(expectation: Expectation, event: NewEvent): Promise<void>;
}
