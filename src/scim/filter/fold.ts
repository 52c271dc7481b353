import { fold, keyOf } from '../../domain/key.ts';
import type { ResourceType } from '../schema/urns.ts';

/**
 * Attributes that are found by their stored key (`keyOf`) instead, so that a filter and the unique index never disagree.
 */
export const keyedPaths: Readonly<Record<ResourceType, ReadonlySet<string>>> = {
  User: new Set(['userName']),
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
