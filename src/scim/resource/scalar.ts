import { utcOf } from '../../domain/date-time.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { invalidValue } from '../faults.ts';
import type { Definition } from '../schema/definition.ts';

/** True for every way of saying "no value" (entra.md B26): null, "", [], {}, {"value": ""}. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (!isJsonObject(value)) return false;
  const [first, ...more] = Object.entries(value);
  if (!first) return true;
  return more.length === 0 && first[0].toLowerCase() === 'value' && (first[1] === null || first[1] === '');
}

/** What is in a list of one: Entra sends some single values that way (seeds S9). */
export const single = <T extends Json | undefined>(value: T): Json | T =>
  Array.isArray(value) && value.length === 1 ? value[0]! : value;

/** The value in the type of its attribute, byte for byte where it is text. Throws invalidValue. */
export function scalarOf(definition: Definition, at: string, given: Json): Json {
  const value = single(given);
  if (definition.type === 'boolean') return booleanOf(at, value);
  if (definition.type === 'integer') return integerOf(at, value);
  if (definition.type === 'decimal') return numberOf(at, value);
  if (definition.type === 'dateTime') return momentOf(at, value);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw invalidValue(at, 'must be a text.');
}

function booleanOf(at: string, value: Json): boolean {
  if (typeof value === 'boolean') return value;
  const lower = typeof value === 'string' ? value.toLowerCase() : '';
  if (lower === 'true') return true;
  if (lower === 'false') return false;
  throw invalidValue(at, 'must be true or false.');
}

function numberOf(at: string, value: Json): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw invalidValue(at, 'must be a number.');
}

function integerOf(at: string, value: Json): number {
  const number = numberOf(at, value);
  if (Number.isSafeInteger(number)) return number;
  throw invalidValue(at, 'must be a whole number.');
}

/** A moment stays in the text that the directory chose. */
function momentOf(at: string, value: Json): string {
  if (typeof value === 'string' && utcOf(value) !== null) return value;
  throw invalidValue(at, 'must be a date and time such as 2026-01-31T08:00:00Z.');
}
