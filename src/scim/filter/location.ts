import type { Attribute, CompareOp, Condition } from '../../domain/condition.ts';
import { compareText } from './fold.ts';

/** The question about an address, which is the prefix and an id, as one about that id. Any answer is exact. */
export function locatedAt(prefix: string, op: CompareOp, wanted: string, id: Attribute): Condition {
  const ask = (by: CompareOp, value: string): Condition => ({ kind: 'compare', attribute: id, op: by, value });
  const always: Condition = { kind: 'present', attribute: id };
  // No id is empty. That there is none would be no answer: of several, none of them need be the one.
  const never = ask('eq', '');
  const rest = wanted.startsWith(prefix) ? wanted.slice(prefix.length) : null;
  if (op === 'sw') return prefix.startsWith(wanted) ? always : rest === null ? never : ask('sw', rest);
  if (op === 'co') {
    if (prefix.includes(wanted)) return always;
    return { kind: 'or', terms: [ask('co', wanted), ...tails(prefix, wanted).map((tail) => ask('sw', tail))] };
  }
  if (op === 'ew') {
    return { kind: 'or', terms: [ask('ew', wanted), ...tails(prefix, wanted).map((tail) => ask('eq', tail))] };
  }
  if (rest !== null) return ask(op, rest);
  if (op === 'eq') return never;
  const isAfter = compareText(prefix, wanted) > 0;
  return isAfter === (op === 'gt' || op === 'ge') ? always : never;
}

/** What is left of the text after each of its beginnings with which the prefix ends. */
function tails(prefix: string, text: string): string[] {
  const found: string[] = [];
  for (let length = 1; length < text.length && length <= prefix.length; length++) {
    if (prefix.endsWith(text.slice(0, length))) found.push(text.slice(length));
  }
  return found;
}
