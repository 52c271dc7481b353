import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Entra allows 120 characters; what is longer names no role that a rule could. */
const LONGEST = 256;

/**
 * The values of the app roles in a directory's record, each once: of `roles`, of `urn:…:roles`, and of `roles` within an
 * extension (entra.md D1 to D3), whether an element is an object, a text, or a JSON document inside a text.
 */
export function appRolesOf(resource: JsonObject): string[] {
  const values = new Set<string>();
  for (const list of roleLists(resource)) {
    for (const role of Array.isArray(list) ? list : [list]) {
      const value = textOf(role);
      if (value !== null && value !== '' && value.length <= LONGEST) values.add(value);
    }
  }
  return [...values].sort();
}

function* roleLists(resource: JsonObject): Generator<Json> {
  for (const [name, value] of Object.entries(resource)) {
    if (/(?:^|:)roles$/i.test(name)) yield value;
    else if (/^urn:/i.test(name) && isJsonObject(value) && value.roles !== undefined) yield value.roles;
  }
}

function textOf(role: Json): string | null {
  const value = isJsonObject(role) ? role.value : role;
  if (typeof value !== 'string') return null;
  return value.startsWith('{') ? (packed(value) ?? value) : value;
}

/** The value inside a JSON document. */
function packed(text: string): string | null {
  try {
    const inside = JSON.parse(text) as Json;
    return isJsonObject(inside) && typeof inside.value === 'string' ? inside.value : null;
  } catch {
    return null;
  }
}
