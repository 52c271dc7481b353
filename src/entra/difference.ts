import { readPath } from './scim-path.ts';
import { assignedRole, type Target } from './target.ts';

/** One attribute whose value on the server is not the wanted one. `had` tells whether the server holds any value. */
export interface Difference {
  path: string;
  value: unknown;
  had: boolean;
}

/**
 * Compares the wanted state with a resource read from the server, attribute by attribute (entra.md B6).
 * Comparison is exact: what does not come back byte for byte shows here in every cycle.
 */
export function differences(target: Target, resource: unknown): Difference[] {
  const found: Difference[] = [];
  for (const [path, value] of target.values) {
    const held = readPath(resource, path);
    if (held !== value) found.push({ path, value, had: held !== undefined && held !== null && held !== '' });
  }
  if (target.roles) {
    const held = roleValues(readPath(resource, 'roles'));
    if (held.join('\n') !== target.roles.toSorted().join('\n')) {
      found.push({ path: 'roles', value: target.roles.map(assignedRole), had: held.length > 0 });
    }
  }
  return found;
}

function roleValues(roles: unknown): string[] {
  const list = Array.isArray(roles) ? roles : [];
  return list.map((role) => String((role as { value?: unknown } | null)?.value)).sort();
}
