import type { Field, FieldType } from '../../fields/field.ts';
import { utcOf } from '../date-time.ts';
import { type HubError, invalid } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';

const LONGEST = 4_000;
const ADDRESS_PARTS = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'];

/** Checks a value that a person or product wrote; null clears. Directories are not asked: their text is kept as sent. */
export function problemOf(key: string, field: Field, value: Json): HubError | null {
  if (value === null) return null;
  if (field.multiValued) return invalid([key], `${field.label} is written by directories only.`);
  if (field.type === 'ADDRESS') return addressProblem(key, value);
  const wrongKind = Object.hasOwn(kinds, field.type) ? kinds[field.type]!(value) : undefined;
  if (wrongKind !== undefined) return wrongKind ? invalid([key], `${field.label} ${wrongKind}.`) : null;
  if (typeof value !== 'string') return invalid([key], `${field.label} must be text.`);
  if (value.length > LONGEST) return invalid([key], `${field.label} is longer than ${LONGEST} characters.`);
  if (!isStorable(value)) return invalid([key], `${field.label} holds characters that are not valid Unicode text.`);
  const wrong = value === '' ? 'must not be empty; null clears it' : forms[field.type]?.(value);
  return wrong ? invalid([key], `${field.label} ${wrong}.`) : null;
}

/** False for text that the database cannot hold: NUL and lone surrogates. */
export const isStorable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

/** Values that are no text. */
const kinds: Partial<Record<FieldType, (value: Json) => string | null>> = {
  BOOLEAN: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  INTEGER: (value) => (Number.isSafeInteger(value) ? null : 'must be a whole number'),
};

type Form = (value: string) => string | null;

const forms: Partial<Record<FieldType, Form>> = {
  DATETIME: (value) => (utcOf(value) !== null ? null : 'must be a moment such as 2026-01-31T08:00:00Z'),
  EMAIL: (value) => (isEmail(value) ? null : 'must be an e-mail address'),
  PHONE: (value) => (/^[+()0-9 ./x-]{3,40}$/i.test(value) && /\d/.test(value) ? null : 'must be a phone number'),
  URL: (value) => (/^https?:/i.test(value) && URL.canParse(value) ? null : 'must be a web address'),
  LOCALE: (value) => (accepts(() => Intl.getCanonicalLocales(value)) ? null : 'must be a language tag such as de-CH'),
  TIMEZONE: (value) => (isTimeZone(value) ? null : 'must be an IANA time zone such as Europe/Berlin'),
};

/** True for the name of a time zone, in any case; an offset such as +02:00 is no name. */
export const isTimeZone = (value: string): boolean =>
  !/^[+-]/.test(value) && accepts(() => new Intl.DateTimeFormat('en', { timeZone: value }));

/** One @ with something on both sides and no blanks; whether mail arrives is for the mail to show. */
function isEmail(value: string): boolean {
  const at = value.lastIndexOf('@');
  return (
    at > 0 && at < value.length - 1 && value.indexOf('@') === at && !/[\s<>,;"]/.test(value) && value.length <= 254
  );
}

function accepts(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function addressProblem(key: string, value: Json): HubError | null {
  if (!isJsonObject(value)) return invalid([key], 'Address must be an object.');
  for (const part of Object.keys(value)) {
    const text = value[part];
    if (!ADDRESS_PARTS.includes(part)) return invalid([key, part], `Address has no part ${part}.`);
    if (typeof text !== 'string' || text.length > LONGEST || !isStorable(text)) {
      return invalid([key, part], `The ${part} of an address must be text.`);
    }
  }
  return null;
}
