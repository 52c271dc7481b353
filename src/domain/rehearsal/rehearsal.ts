/** COPYING: the shadow is being made. OPEN: the directory is answered from it. ACCEPTING: what it would have done is being done. */
export type RehearsalPhase = 'COPYING' | 'OPEN' | 'ACCEPTING';

/** A directory that is answered from a shadow, a copy of its tenant that is a tenant itself; ids are stored ids. */
export type Rehearsal = {
  directoryId: string;
  shadowId: string;
  phase: RehearsalPhase;
  /** The state that the directory returns to when nothing is to come of it. */
  stateBefore: 'DRAFT' | 'ACTIVE';
  startedAt: string;
  /** Where the shadow's own events begin; null while it is being made. */
  openedXact: string | null;
};
