import { invalid } from './errors.ts';

/** Which slice of an ordered list is wanted: at most `first` rows after that place; `placed`: with their places. */
export type Slice = { first: number; after: Place | null; placed: boolean };

/** A place in an ordered list: the sort keys of the row there, its id last. */
export type Place = readonly string[];

/** A slice, with the place of each row if that was asked for. */
export type Page<Row> = { rows: Row[]; places: Place[]; hasNext: boolean };

/** Refuses a list of lists that is longer than what one request may read. */
export function demandWithin(count: number, limit: number): void {
  if (count <= limit) return;
  throw invalid(['first'], 'This asks for too many rows at once; lower first, or ask in several requests.');
}
