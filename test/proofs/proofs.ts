import { type Row, rows } from './rows.ts';
import { allTitles, rowsOf, type Title } from './titles.ts';

/** A row with the tests that prove it. */
export interface Proof extends Row {
  id: string;
  tests: Title[];
}

/** Every row of seeds.md in order. */
export function proofs(): Proof[] {
  const tests = new Map<string, Title[]>();
  for (const title of allTitles()) {
    for (const id of rowsOf(title)) tests.set(id, [...(tests.get(id) ?? []), title]);
  }
  return Object.entries(rows).map(([id, row]) => ({ id, ...row, tests: tests.get(id) ?? [] }));
}

/** Ids of the rows that have neither a test nor another place where they are proved. */
export function missing(all: Proof[]): string[] {
  const hasTest = new Set(all.filter(({ tests }) => tests.length > 0).map(({ id }) => id));
  const isProved = ({ id, screen, elsewhere, by }: Proof) =>
    hasTest.has(id) || screen || elsewhere !== undefined || by?.every((other) => hasTest.has(other));
  return all.filter((proof) => !isProved(proof)).map(({ id }) => id);
}

/** Ids in titles that are of no row, such as a slip of the pen. */
export const unknown = (): string[] =>
  [...new Set(allTitles().flatMap(rowsOf))].filter((id) => !Object.hasOwn(rows, id));
