const SHAPE = /^(\d{4}-\d{2}-\d{2})(?:[Tt](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,18}))?([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/** The years that ISO 8601 writes with four digits and PostgreSQL knows: there is no year 0. */
const IN_RANGE = /^(?!0000)\d{4}-/;

/**
 * A date as ISO 8601 in UTC with milliseconds; null when it is none. Takes any offset (none: UTC), the seven digits of
 * .NET (entra.md H9) and a bare day. What is finer than a millisecond is cut off, since no record holds it.
 */
export function utcOf(text: string): string | null {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, day = '', minutes = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = match;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  // Date.parse moves the 31st of a short month into the next one.
  const midnight = new Date(`${day}T00:00:00.000Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(day)) return null;
  const instant = new Date(`${day}T${minutes}${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
  if (Number.isNaN(instant.getTime())) return null;
  const utc = instant.toISOString();
  return IN_RANGE.test(utc) ? utc : null;
}
