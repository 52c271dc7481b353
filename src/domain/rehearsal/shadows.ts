/** A rehearsal that somebody has to go on with. */
export type UnfinishedRehearsal = { tenantId: string; directoryId: string };

/** Makes and removes copies of tenants, in steps so short that they hold nobody up. */
export interface Shadows {
  /** Does the work unless another process does such work for that directory; false when it does. */
  alone(directoryId: string, work: () => Promise<void>): Promise<boolean>;
  /** Copies the tenant as it is at one moment; the directory may write in the copy. */
  fill(tenantId: string, directoryId: string, shadowId: string): Promise<void>;
  /** Rehearsals of every tenant whose shadow is not full, or that are not wholly accepted. */
  unfinished(): Promise<UnfinishedRehearsal[]>;
  /** Shadows that no rehearsal uses. */
  orphans(): Promise<string[]>;
  /** Removes every row of a shadow, and the shadow; what is interrupted is gone on with by asking again. */
  remove(shadowId: string): Promise<void>;
}
