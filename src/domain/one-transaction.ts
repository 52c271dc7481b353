import type { Tx } from './tx.ts';

/** The command must hold together more than it said; `run` begins it again in one transaction. Never leaves the domain. */
export class NeedsTransaction extends Error {
  override readonly name = 'NeedsTransaction';
}

/** Goes on only inside one transaction: locks that are taken then hold to the end of the command. */
export function demandTransaction({ atomicity }: Pick<Tx, 'atomicity'>): void {
  if (atomicity === 'statement') throw new NeedsTransaction();
}
