import type { Page, Slice } from '../../domain/page.ts';
import { encodeCursor, type ListOrder } from './cursor.ts';

/** A page in the form of a connection; what nobody selects is not made. */
export class Connection<Row> {
  readonly #page: Page<Row>;
  readonly #slice: Slice;
  readonly #order: ListOrder;
  /** Counts the whole list; asked only where `totalCount` is selected. */
  readonly count: () => Promise<number>;

  constructor(page: Page<Row>, slice: Slice, order: ListOrder, count: () => Promise<number>) {
    this.#page = page;
    this.#slice = slice;
    this.#order = order;
    this.count = count;
  }

  get nodes(): Row[] {
    return this.#page.rows.map(({ row }) => row);
  }

  get edges(): { cursor: string; node: Row }[] {
    return this.#page.rows.map(({ place, row }) => ({ cursor: encodeCursor(this.#order, place), node: row }));
  }

  get pageInfo() {
    const { rows, hasNext } = this.#page;
    const cursorAt = (index: number) => {
      const placed = rows.at(index);
      return placed ? encodeCursor(this.#order, placed.place) : null;
    };
    return {
      hasNextPage: hasNext,
      hasPreviousPage: this.#slice.after !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    };
  }
}
