import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/**
 * What Entra remembers of a person it has linked: the server's id and the manager last dealt with, `of` being an object
 * id and `sent` false when that person was out of scope. `stuck` after a 404 on the linked id (entra.md B35).
 */
export interface UserLink {
  id: string;
  manager?: { of: string; sent: boolean };
  stuck?: boolean;
}

/** What Entra remembers of a linked group: the server's id, and object id → server id of each member dealt with; null means out of scope. */
export interface GroupLink {
  id: string;
  members: Record<string, string | null>;
  stuck?: boolean;
}

/** The links between Entra's objects and the server's, by object id. */
export interface State {
  url: string;
  users: Record<string, UserLink>;
  groups: Record<string, GroupLink>;
}

/** Reads a state file, or starts a fresh state when there is no file. Throws when the file belongs to another URL. */
export function loadState(file: string | undefined, url: string): State {
  if (file === undefined || !existsSync(file)) return { url, users: {}, groups: {} };
  const state = JSON.parse(readFileSync(file, 'utf8')) as State;
  if (state.url === url && state.users && state.groups) return state;
  throw new Error(`${file} is not a state of ${url}; delete it to start again.`);
}

/** Writes the state in one step, so that a run cut short leaves the earlier file whole. */
export function saveState(file: string | undefined, state: State): void {
  if (file === undefined) return;
  writeFileSync(`${file}.new`, JSON.stringify(state));
  renameSync(`${file}.new`, file);
}
