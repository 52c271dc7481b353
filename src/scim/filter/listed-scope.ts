import { invalidFilter, shown } from '../faults.ts';
import type { Named, Scope } from './scope.ts';

/**
 * The same names, but only those of attributes that the directory may filter by, in lower case; null: all (seeds SE9).
 * Throws invalidFilter.
 */
export const listedScope =
  (scope: Scope, filterable: ReadonlySet<string> | null): Scope =>
  (name) => {
    const named = scope(name);
    if (filterable === null || isListed(named, filterable)) return named;
    throw invalidFilter(
      `This directory cannot filter by ${shown(name)}, only by ${[...filterable].sort().join(', ')}.`,
    );
  };

/** What only another kind of resource has is no name here, and is asked of that kind. */
function isListed({ attribute: { steps } }: Named, filterable: ReadonlySet<string>): boolean {
  const names = steps.map(({ name }) => name.toLowerCase()).filter((name) => name !== '');
  const path = names[0]?.startsWith('urn:') ? [names.slice(0, 2).join(':'), ...names.slice(2)] : names;
  return path.length === 0 || path.some((_, index) => filterable.has(path.slice(0, index + 1).join('.')));
}
