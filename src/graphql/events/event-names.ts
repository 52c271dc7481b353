import { invalid } from '../../domain/errors.ts';
import { isStorable } from '../../domain/users/check-value.ts';

/** The names that the log is narrowed to, null for all of it; refuses too many, and text that no row can hold. */
export function namesOf(names: readonly string[] | null | undefined): readonly string[] | null {
  if (names && names.length > 100) throw invalid(['names'], 'names holds more than 100 names.');
  if (names && !names.every(isStorable)) throw invalid(['names'], 'A name must be valid Unicode text.');
  return names ?? null;
}
