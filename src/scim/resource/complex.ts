import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidSyntax, invalidValue, shown } from '../faults.ts';
import { type Definition, subAttribute } from '../schema/definition.ts';
import { getOwn, nameIn, setOwn } from './own.ts';
import { idInAddress } from './reference.ts';
import { unpackRole } from './role.ts';
import { isEmpty, scalarOf, single } from './scalar.ts';

/**
 * A value with parts, by canonical names. Empty parts are left out, unknown ones kept as sent, a `$ref` becomes its value. A bare value stands for the
 * part `value` (entra.md B12), a list of one for what is in it (B23). Throws invalidValue, and invalidSyntax for a part given twice.
 */
export function complexOf(definition: Definition, at: string, value: Json): JsonObject {
  const given = definition.name === 'roles' ? unpackRole(single(value)) : single(value);
  if (isJsonObject(given)) return partsOf(definition, at, given);
  if (Array.isArray(given) || !subAttribute(definition, 'value')) throw invalidValue(at, 'must be an object.');
  return given === null || given === '' ? {} : { value: partOf(subAttribute(definition, 'value'), at, given) };
}

function partsOf(definition: Definition, at: string, given: JsonObject): JsonObject {
  const parts: JsonObject = {};
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(given)) {
    const sub = subAttribute(definition, name) ?? alias(definition, name, given);
    const canonical = sub?.name ?? name;
    if (isEmpty(sub ? single(value) : value) || sub?.mutability === 'readOnly' || sub?.name === '$ref') continue;
    const key = canonical.toLowerCase();
    if (seen.has(key)) throw invalidSyntax(`${shown(at)} has ${shown(canonical)} twice.`);
    seen.add(key);
    setOwn(parts, canonical, partOf(sub, `${at}.${canonical}`, value));
  }
  return parts.value === undefined ? { ...parts, ...referred(definition, given) } : parts;
}

/** An address alone names the resource too. It is not kept: the server writes its own from the value. */
function referred(definition: Definition, given: JsonObject): JsonObject {
  const id = subAttribute(definition, '$ref') && idInAddress(getOwn(given, nameIn(given, '$ref')));
  return id === null ? {} : { value: id };
}

/** Entra and others write `displayName` where the attribute is called `display` (entra.md C7, D2). */
function alias(definition: Definition, name: string, given: JsonObject): Definition | null {
  if (name.toLowerCase() !== 'displayname') return null;
  return isEmpty(getOwn(given, nameIn(given, 'display'))) ? subAttribute(definition, 'display') : null;
}

const partOf = (sub: Definition | null, at: string, value: Json): Json => (sub ? scalarOf(sub, at, value) : value);
