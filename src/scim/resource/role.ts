import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { checkWire } from './check.ts';
import { single } from './scalar.ts';

/** A role whose value is a JSON document inside a text (entra.md D1, D2), unpacked; anything else as it is. */
export function unpackRole(role: Json): Json {
  if (typeof role === 'string') return documentIn(role) ?? role;
  if (!isJsonObject(role)) return role;
  const key = Object.keys(role).find((name) => name.toLowerCase() === 'value');
  const packed = key === undefined ? undefined : single(role[key]);
  const inside = typeof packed === 'string' ? documentIn(packed) : null;
  if (!inside) return role;
  const others = Object.entries(role).filter(([name]) => name !== key && !/^display(?:name)?$/i.test(name));
  return Object.fromEntries([...others, ...Object.entries(inside)]);
}

/** The parts of a role in a JSON text; null when it is not such a text. The id is Entra's own and of no use here. */
function documentIn(text: string): JsonObject | null {
  if (!text.startsWith('{')) return null;
  const parsed = parse(text);
  if (!isJsonObject(parsed)) return null;
  const { value, display, displayName, type, primary } = parsed;
  if (typeof value !== 'string' || value === '') return null;
  const name = display ?? displayName;
  return {
    value,
    ...(typeof name === 'string' && { display: name }),
    ...(typeof type === 'string' && { type }),
    ...(primary !== undefined && { primary }),
  };
}

function parse(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  checkWire(parsed, 'roles');
  return parsed;
}
