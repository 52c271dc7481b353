import { invalid } from './errors.ts';

/** Which slice of an ordered list is wanted: at most `first` rows after that place. */
export type Slice = { first: number; after: Place | null };

/** A place in an ordered list: the sort keys of the row there, its id last. */
export type Place = readonly string[];

/** A slice; each row stands beside its place. */
export type Page<Row> = { rows: Placed<Row>[]; hasNext: boolean };

export type Placed<Row> = { place: Place; row: Row };

/** Refuses a list of lists that is longer than what one request may read. */
export function demandWithin(count: number, limit: number): void {
  if (count <= limit) return;
  throw invalid(['first'], 'This asks for too many rows at once; lower first, or ask in several requests.');
}
