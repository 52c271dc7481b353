import type { HubError } from '../errors.ts';
import type { Change } from '../event.ts';

/** Which events of one person or group to undo, by `seq`, ascending; `cause`: the event, request or run that they are of. */
export type SubjectUndo = { id: string; seqs: readonly string[]; cause: string; preview: boolean };

/** What became of one person or group, by stored id: what changed, and what could not be given back. */
export type Undone = { kind: 'usr' | 'grp'; id: string; changes: Change[]; problems: HubError[] };

/** Carries what a preview found out of the transaction, which its throwing rolls back. */
export class Rehearsed extends Error {
  override readonly name = 'Rehearsed';
  readonly undone: Undone;

  constructor(undone: Undone) {
    super('A preview changes nothing.');
    this.undone = undone;
  }
}
