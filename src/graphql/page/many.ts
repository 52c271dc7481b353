import type { Page, Slice } from '../../domain/page.ts';
import type { RequestContext } from '../request-context.ts';

/** Pages of many owners at once, counted against what one request may read. */
export async function pagesWithin<Row>(
  context: RequestContext,
  read: (limit: number) => Promise<Page<Row>[]>,
): Promise<Page<Row>[]> {
  const pages = await read(context.rowsLeft);
  for (const page of pages) context.rowsLeft -= page.rows.length;
  return pages;
}

/** What tells one slice from another, for the name of a loader. */
export const sliceName = ({ first, after, placed }: Slice): string =>
  `${first} ${placed} ${after ? JSON.stringify(after) : ''}`;

/** The rows in the order of the ids, null where there is none. */
export function inOrder<Row>(ids: readonly string[], rows: readonly Row[], idOf: (row: Row) => string): (Row | null)[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => byId.get(id) ?? null);
}
