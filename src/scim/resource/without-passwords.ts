import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';

/** `password`, `urn:…:password`, `password.value` and `password[…]` alike. */
const isPassword = (name: string): boolean => /(?:^|:)password(?:$|[.[])/i.test(name);

/**
 * The record without any attribute called password, wherever a client put one: what has no place in a schema is kept as
 * sent, but a secret never (attacks.md A53). A record without one is given back as it is.
 */
export const withoutPasswords = (resource: JsonObject): JsonObject => cleaned(resource) as JsonObject;

function cleaned(value: Json): Json {
  if (Array.isArray(value)) {
    const items = value.map(cleaned);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const kept: [string, Json][] = [];
  let isSame = true;
  for (const [name, inner] of Object.entries(value)) {
    const next = isPassword(name) ? undefined : cleaned(inner);
    if (next !== inner) isSame = false;
    if (next !== undefined) kept.push([name, next]);
  }
  return isSame ? value : Object.fromEntries(kept);
}
