import type { Dialect } from './dialect.ts';
import { ENTERPRISE } from './mapping.ts';

/** Entra's default dialect: capitalised op, one op a leaf, always a path, booleans as text (entra.md B16, B17, C7, C8). */
export const verbose: Dialect = {
  change: (differences) =>
    differences.map(({ path, value, had }) => {
      // The role functions write this op in small letters, whatever the dialect (entra.md D3).
      if (path === 'roles') return { op: 'replace', path, value };
      if (typeof value === 'boolean') return { op: 'Replace', path, value: value ? 'True' : 'False' };
      return { op: had ? 'Replace' : 'Add', path, value };
    }),
  setManager: (id, had) => ({ op: had ? 'Replace' : 'Add', path: `${ENTERPRISE}:manager`, value: id }),
  clearManager: () => ({ op: 'Replace', path: `${ENTERPRISE}:manager`, value: '' }),
  addMember: (id) => ({ op: 'Add', path: 'members', value: [{ $ref: null, value: id }] }),
  removeMember: (id) => ({ op: 'Remove', path: 'members', value: [{ $ref: null, value: id }] }),
};
