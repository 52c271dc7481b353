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
    return this.#page.rows;
  }

  get edges(): { cursor: string; node: Row }[] {
    const { rows, places } = this.#page;
    return rows.map((node, index) => ({ cursor: encodeCursor(this.#order, places[index]!), node }));
  }

  get pageInfo() {
    const { places, hasNext } = this.#page;
    const cursorAt = (index: number) => {
      const place = places.at(index);
      return place ? encodeCursor(this.#order, place) : null;
    };
    return {
      hasNextPage: hasNext,
      hasPreviousPage: this.#slice.after !== null,
      startCursor: cursorAt(0),
      endCursor: cursorAt(-1),
    };
  }
}
