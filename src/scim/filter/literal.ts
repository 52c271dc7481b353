import type { CompareOp, Literal } from '../../domain/condition.ts';
import { utcOf } from '../../domain/date-time.ts';
import { invalidFilter, shown } from '../faults.ts';
import type { Definition } from '../schema/definition.ts';
import type { Token } from './lexer.ts';

const substring: ReadonlySet<CompareOp> = new Set(['co', 'sw', 'ew']);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** True for a bare `null`, which asks whether there is a value at all. */
export const isNull = (token: Token): boolean => token.kind === 'word' && token.text.toLowerCase() === 'null';

/**
 * The value of a comparison in the type of its attribute: `"True"` is true for a boolean (entra.md B22), a bare number is
 * text for a text. Throws invalidFilter when it cannot be one, or the operator does not go with the type.
 */
export function literalOf(definition: Definition | null, name: string, op: CompareOp, token: Token): Literal {
  const type = definition?.type ?? 'string';
  if (type === 'complex') throw invalidFilter(`${shown(name)} has parts; a filter compares one of them.`);
  if (type === 'string' || type === 'reference') return token.text;
  if (type === 'binary') {
    if (op !== 'eq' && op !== 'ne') throw invalidFilter(`${shown(name)} is binary, so ${op} cannot be asked of it.`);
    return token.text;
  }
  if (substring.has(op)) throw invalidFilter(`${shown(name)} is no text, so ${op} cannot be asked of it.`);
  if (type === 'boolean') return booleanOf(name, op, token.text);
  const value = type === 'dateTime' ? utcOf(token.text) : numberOf(token.text);
  if (value === null) throw invalidFilter(`${shown(token.text)} is not a value of ${shown(name)}.`);
  return value;
}

function booleanOf(name: string, op: CompareOp, text: string): boolean {
  if (op !== 'eq' && op !== 'ne')
    throw invalidFilter(`${shown(name)} is true or false, so ${op} cannot be asked of it.`);
  const lower = text.toLowerCase();
  if (lower !== 'true' && lower !== 'false') throw invalidFilter(`${shown(name)} is compared with true or false.`);
  return lower === 'true';
}

function numberOf(text: string): number | null {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
