import { keyOf } from '../../domain/key.ts';
import type { ResourceType } from '../schema/urns.ts';

const ASCII = /^[\0-\x7f]*$/;

/**
 * Lower case, one code point at a time, as lower() does under PostgreSQL's C.UTF-8: no final sigma, and `İ` becomes `i`.
 * Both sides of a comparison that ignores case go through this.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  let folded = '';
  for (const char of text) folded += char === 'İ' ? 'i' : char.toLowerCase();
  return folded;
}

/**
 * Attributes that are found by their stored key (`keyOf`) instead, so that a filter and the unique index never disagree.
 * Paths from the top of the record, an element's attributes after the name of the list.
 */
export const keyedPaths: Readonly<Record<ResourceType, ReadonlySet<string>>> = {
  User: new Set(['userName', 'emails.value']),
  Group: new Set(['displayName']),
};

/** The form in which values of the attribute at that path are compared. */
export function comparable(resourceType: ResourceType, path: string, caseExact: boolean, text: string): string {
  if (keyedPaths[resourceType].has(path)) return keyOf(text);
  return caseExact ? text : fold(text);
}

/** Orders texts by code point, as PostgreSQL does under C.UTF-8; negative, zero or positive. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** UTF-16 puts surrogates before U+E000..U+FFFF, code points put what they stand for after. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
