/** Why the time of a person is up. */
export type DueReason = 'NO_GROUP' | 'LAST_GROUP_LOST' | 'DEACTIVATED' | 'DELETED';

/** A person whose time is up; ids are stored ids. `directoryId`: of which directory, where it is about one. */
export type DuePerson = { userId: string; directoryId: string | null; reason: DueReason };

/** How long each waits, in seconds of the database's clock; a directory that decides nothing is left out. */
export type Deadlines = {
  gates: readonly { directoryId: string; seconds: number }[];
  losses: readonly { directoryId: string; seconds: number }[];
  removals: readonly { directoryId: string; seconds: number }[];
};

export interface SweepStore {
  /** People whose time is up, at most so many. */
  due(deadlines: Deadlines, most: number): Promise<DuePerson[]>;
  /** Tombstones older than that many seconds, at most so many; locked, past those that another process works at. */
  tombstones(seconds: number, most: number): Promise<string[]>;
}
