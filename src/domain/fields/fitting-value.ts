import type { Field } from '../../fields/field.ts';
import { utcOf } from '../date-time.ts';
import { isJsonObject, type Json } from '../json.ts';

/**
 * A value in the type of a field, as a directory or a filter may write it: `"True"` is true, `"42"` a number, a list of
 * one what is in it, a reference its `value`. Text stays as it is. Undefined for what cannot be one.
 */
export function fittingValue({ type }: Pick<Field, 'type'>, given: Json): Json | undefined {
  const value = Array.isArray(given) && given.length === 1 ? given[0]! : given;
  if (type === 'BOOLEAN') return booleanOf(value);
  if (type === 'INTEGER') return integerOf(value);
  const text = type === 'REFERENCE' && isJsonObject(value) ? value.value : value;
  if (typeof text === 'number') return type === 'DATETIME' ? undefined : String(text);
  if (typeof text !== 'string' || text === '') return undefined;
  return type === 'DATETIME' && utcOf(text) === null ? undefined : text;
}

function booleanOf(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function integerOf(value: Json): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}
