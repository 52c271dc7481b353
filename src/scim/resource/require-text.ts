import type { JsonObject } from '../../domain/json.ts';
import { invalidValue } from '../faults.ts';
import { getOwn } from './own.ts';

/** Throws invalidValue unless the record has a text by that name with something to see in it. */
export function requireText(resource: JsonObject, name: string): void {
  const value = getOwn(resource, name);
  if (typeof value !== 'string' || value.trim() === '') throw invalidValue(name, 'is required.');
}
