import type { Field } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import type { Context } from '../command.ts';
import { invalid } from '../errors.ts';
import { type Json, sameJson } from '../json.ts';
import { directoryPolicy } from '../policy.ts';
import { isTimeZone } from '../users/check-value.ts';
import type { PersonSource } from '../users/person.ts';

const timeZones = Object.entries(userFields as Record<string, Field>).filter(([, { type }]) => type === 'TIMEZONE');

/**
 * Refuses a time zone that is none, whatever its case, where an admin has them checked (seeds S12): clocks are set by it.
 * One that was there before is left alone.
 */
export function demandTimeZone(
  { policy, actor }: Context,
  values: Readonly<Record<string, Json>>,
  source: PersonSource | null,
): void {
  if (!directoryPolicy(policy, actor.directoryId!).checkTimeZones) return;
  for (const [key, { scim }] of timeZones) {
    const value = values[key] ?? null;
    const before = source && Object.hasOwn(source.asserted, key) ? source.asserted[key]!.value : null;
    if (value === null || sameJson(value, before)) continue;
    if (typeof value !== 'string' || !isTimeZone(value))
      throw invalid([scim!], `${scim} must be an IANA time zone such as Europe/Berlin.`);
  }
}
