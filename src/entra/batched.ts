import type { Dialect } from './dialect.ts';
import type { Difference } from './difference.ts';
import { ENTERPRISE } from './mapping.ts';
import type { PatchOp } from './patch-op.ts';

/** The dialect of `aadOptscim062020`: small op, real booleans, single values batched in an op without path (entra.md B19, C9). */
export const batched: Dialect = {
  change: (differences) => {
    const alone = differences.filter(keepsPath);
    const single = differences.filter((one) => !keepsPath(one));
    return [
      ...alone.map(({ path, value, had }) => ({
        op: had || typeof value !== 'string' ? 'replace' : 'add',
        path,
        value,
      })),
      ...additions(single.filter(({ had }) => !had)),
      ...together(
        'replace',
        single.filter(({ had }) => had),
      ),
    ];
  },
  setManager: (id, had) => ({ op: had ? 'replace' : 'add', path: `${ENTERPRISE}:manager`, value: { value: id } }),
  clearManager: () => ({ op: 'replace', path: `${ENTERPRISE}:manager`, value: { value: '' } }),
  addMember: (id) => ({ op: 'add', path: 'members', value: [{ value: id }] }),
  removeMember: (id) => ({ op: 'remove', path: `members[value eq "${id}"]` }),
};

function keepsPath({ path, value }: Difference): boolean {
  return path.includes('[') || typeof value !== 'string';
}

// One added string keeps its path; several share an op without one (entra.md B19).
function additions(added: Difference[]): PatchOp[] {
  const [first] = added;
  if (first && added.length === 1) return [{ op: 'add', path: first.path, value: first.value }];
  return together('add', added);
}

function together(op: string, changed: Difference[]): PatchOp[] {
  if (changed.length === 0) return [];
  return [{ op, value: Object.fromEntries(changed.map(({ path, value }) => [path, value])) }];
}
