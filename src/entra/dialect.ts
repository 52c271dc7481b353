import { batched } from './batched.ts';
import type { Difference } from './difference.ts';
import type { PatchOp } from './patch-op.ts';
import { verbose } from './verbose.ts';

/** How one of Entra's two PATCH dialects says each thing it has to say. Ids are the server's. */
export interface Dialect {
  change(differences: Difference[]): PatchOp[];
  setManager(id: string, had: boolean): PatchOp;
  clearManager(): PatchOp;
  addMember(id: string): PatchOp;
  removeMember(id: string): PatchOp;
}

/** `verbose` is Entra's default, `batched` its `aadOptscim062020`, `mixed` both at once (entra.md B20). */
export type DialectName = 'verbose' | 'batched' | 'mixed';

/**
 * Chooses the dialect of each request. Under `mixed` the choice hangs on the seed, the object and how many requests
 * that object has had, so a run can be repeated exactly.
 */
export function dialectChooser(name: DialectName, seed: number): (object: string) => Dialect {
  if (name !== 'mixed') return () => (name === 'verbose' ? verbose : batched);
  const asked = new Map<string, number>();
  return (object) => {
    const nth = asked.get(object) ?? 0;
    asked.set(object, nth + 1);
    return (hash(`${seed}:${object}`) + nth) % 2 === 0 ? verbose : batched;
  };
}

// FNV-1a: short, and good enough to spread objects over two dialects.
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  // The low bit of FNV-1a is only the parity of the text, so a higher one decides.
  return (value >>> 13) & 1;
}
