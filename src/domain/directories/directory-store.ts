import type { NewEvent } from '../event.ts';
import type { DirectoryState } from '../policy.ts';

export type Preset = 'CUSTOM' | 'ENTRA_STANDARD' | 'DYNAMIC_SIGNAL' | 'SIGN_IN_ENTERPRISE' | 'DYNASEND' | 'SIGNL4';

export type Directory = { id: string; name: string; preset: Preset; state: DirectoryState; createdAt: string };

export interface DirectoryStore {
  find(id: string): Promise<Directory | null>;
  insert(directory: Directory, event: NewEvent): Promise<void>;
}
