import type { Json, JsonObject } from '../../domain/json.ts';

/** Sets a property as the object's own, whatever its prototype has by that name. */
export function setOwn(object: JsonObject, name: string, value: Json): void {
  if (Object.hasOwn(object, name) || !(name in object)) object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** The object's own value by that name. */
export const getOwn = (object: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;

/** The object's own name that is the same but for case; for attributes that are kept as sent. */
export function nameIn(object: JsonObject, name: string): string {
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted) ?? name;
}
