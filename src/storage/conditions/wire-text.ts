import type { IdKind } from '../../domain/ids.ts';

const digits = Array.from(
  { length: 26 },
  (_, place) => `substr('0123456789abcdefghjkmnpqrstvwxyz', substring(b.bits from ${place * 5 + 1} for 5)::int + 1, 1)`,
).join(' || ');

/**
 * SQL of the wire id of a stored id, as `wireId` writes it: two zero bits and the 128 of the UUID are 26 digits of five
 * bits. For questions that no UUID can answer: it is computed for each row, where equality and order go by the UUID.
 */
export const wireText = (column: string, kind: IdKind): string =>
  `('${kind}_' || (
    select ${digits} from (select b'00' || ('x' || replace(${column}::text, '-', ''))::bit(128) as bits offset 0) b
  ))`;
