import type { Operation } from './bench.ts';

/** How a client of Microsoft spells a PATCH: one capitalised operation for each value, or one operation for all (entra.md B16, B19). */
export type DialectName = 'verbose' | 'batched';

/** A change of one value, before a dialect spells it. Without a value it is a removal. */
export interface Change {
  op: 'add' | 'replace' | 'remove';
  path: string;
  value?: unknown;
}

/** Spells changes as that dialect does. */
export function spell(dialect: DialectName, ...changes: Change[]): Operation[] {
  return dialect === 'verbose' ? changes.map(verbose) : batched(changes);
}

function verbose({ op, path, value }: Change): Operation {
  const capitalised = op[0]!.toUpperCase() + op.slice(1);
  if (value === undefined) return { op: capitalised, path };
  return { op: capitalised, path, value: typeof value === 'boolean' ? (value ? 'True' : 'False') : value };
}

/** Replaced single values go together without a path; the rest keeps its own. */
function batched(changes: Change[]): Operation[] {
  const together = (change: Change) =>
    change.op === 'replace' && !/[[\]]|members|manager|^active$|^roles$/.test(change.path);
  const values = Object.fromEntries(changes.filter(together).map(({ path, value }) => [path, value]));
  const apart = changes.filter((change) => !together(change)).map((change): Operation => ({ ...change }));
  return Object.keys(values).length > 0 ? [...apart, { op: 'replace', value: values }] : apart;
}

/** A member leaves a group, as that dialect says it (entra.md C8, C9). */
export const removeMember = (dialect: DialectName, id: string): Operation =>
  dialect === 'verbose'
    ? { op: 'Remove', path: 'members', value: [{ value: id }] }
    : { op: 'remove', path: `members[value eq "${id}"]` };

/** Members join a group (entra.md C7). */
export const addMembers = (dialect: DialectName, ...ids: string[]): Operation =>
  dialect === 'verbose'
    ? { op: 'Add', path: 'members', value: ids.map((value) => ({ $ref: null, value })) }
    : { op: 'add', path: 'members', value: ids.map((value) => ({ value })) };
