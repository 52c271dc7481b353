import type { Field } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import { invalid } from '../errors.ts';
import { type Json, sameJson } from '../json.ts';
import { isTimeZone } from '../users/check-value.ts';
import type { PersonSource } from '../users/person.ts';

const timeZones = Object.entries(userFields as Record<string, Field>).filter(([, { type }]) => type === 'TIMEZONE');

/**
 * Refuses a time zone that is none, whatever its case (seeds S12): clocks are set by it. One that was there before it was
 * asked for is left alone.
 */
export function demandTimeZone(values: Readonly<Record<string, Json>>, source: PersonSource | null): void {
  for (const [key, { scim }] of timeZones) {
    const value = values[key] ?? null;
    const before = source && Object.hasOwn(source.asserted, key) ? source.asserted[key]!.value : null;
    if (value === null || sameJson(value, before)) continue;
    if (typeof value !== 'string' || !isTimeZone(value))
      throw invalid([scim!], `${scim} must be an IANA time zone such as Europe/Berlin.`);
  }
}
