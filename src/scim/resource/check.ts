import type { Json } from '../../domain/json.ts';
import { invalidSyntax, invalidValue, shown } from '../faults.ts';
import { isForbiddenName } from '../schema/resolve.ts';
import { isUrn } from '../schema/urns.ts';

const MAX_DEPTH = 32;
const MAX_TEXT = 16_384;
const MAX_NAME = 512;

/** Names are found in any case by looking through them all, so their number in one object is bounded. */
export const MAX_NAMES = 256;

type Visit = { value: unknown; depth: number; at: string };

/**
 * Refuses what may not come any further: deep nesting, names that reach a prototype, text that PostgreSQL cannot store.
 * Runs before anything recursive sees the value, and needs no stack itself. `at` names the value in refusals.
 */
export function checkWire(root: unknown, at = ''): asserts root is Json {
  const open: Visit[] = [{ value: root, depth: 1, at }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value } = next;
    if (typeof value === 'string') checkText(value, next.at);
    else if (typeof value === 'object' && value !== null) push(open, next, value);
    else if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'boolean' && value !== null) {
      throw invalidSyntax(`${shown(next.at) || 'The body'} is not JSON.`);
    }
  }
}

function push(open: Visit[], { depth, at }: Visit, value: object): void {
  if (depth > MAX_DEPTH) throw invalidSyntax(`A body nests at most ${MAX_DEPTH} deep.`);
  if (Array.isArray(value)) {
    for (const element of value) open.push({ value: element, depth: depth + 1, at });
    return;
  }
  const held = Object.entries(value);
  if (held.length > MAX_NAMES) throw invalidSyntax(`An object has at most ${MAX_NAMES} attributes.`);
  for (const [name, inside] of held) {
    checkName(name);
    const separator = depth === 2 && isUrn(at) ? ':' : '.';
    const path = at === '' ? name : `${at}${separator}${name}`;
    open.push({ value: inside, depth: depth + 1, at: path });
  }
}

/** Dots and colons part a name into those that will be looked up one after the other. */
function checkName(name: string): void {
  if (name.length > MAX_NAME) throw invalidSyntax(`The name of an attribute has at most ${MAX_NAME} characters.`);
  const isText = name !== '' && !name.includes('\0') && name.isWellFormed();
  if (!isText || name.split(/[.:[\]\s]/).some(isForbiddenName))
    throw invalidSyntax(`${shown(name)} cannot be the name of an attribute.`);
}

function checkText(text: string, at: string): void {
  const attribute = at || 'The value';
  if (text.length > MAX_TEXT) throw invalidValue(attribute, `has at most ${MAX_TEXT} characters.`);
  if (text.includes('\0') || !text.isWellFormed()) throw invalidValue(attribute, 'holds characters that are no text.');
}
