import type { IdKind } from '../../domain/ids.ts';

/**
 * SQL of the wire id of a stored id, as `wireId` writes it: two zero bits and the 128 of the UUID are 26 digits of five
 * bits. For questions that no UUID can answer; it computes each row, so equality and order go by the UUID itself.
 */
export const wireText = (column: string, kind: IdKind): string =>
  `('${kind}_' || (
    select string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz', substring(b.bits from d.at for 5)::int + 1, 1), '' order by d.at)
    from (select b'00' || ('x' || replace(${column}::text, '-', ''))::bit(128) as bits) b, generate_series(1, 126, 5) d(at)
  ))`;
