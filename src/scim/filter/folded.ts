import type { JsonObject } from '../../domain/json.ts';
import { fold } from '../../domain/key.ts';
import { getOwn } from '../resource/own.ts';

const kept = new WeakMap<object, Map<string, string>>();

/**
 * A text of an object, folded: worked out once while the object lives, since a list is compared with every value that a
 * PATCH writes to it. Objects here are never changed, only copied.
 */
export function foldedIn(holder: object, name: string, text: string): string {
  let names = kept.get(holder);
  if (!names) {
    names = new Map();
    kept.set(holder, names);
  }
  let folded = names.get(name);
  if (folded === undefined) {
    folded = fold(text);
    names.set(name, folded);
  }
  return folded;
}

/** Whether the texts that two objects hold by that name are the same in any case; null when they are not both text. */
export function sameText(a: JsonObject, b: JsonObject, name: string): boolean | null {
  const left = getOwn(a, name);
  const right = getOwn(b, name);
  if (typeof left !== 'string' || typeof right !== 'string') return null;
  return left === right || foldedIn(a, name, left) === foldedIn(b, name, right);
}
