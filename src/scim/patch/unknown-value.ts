import { isJsonObject, type Json, type JsonObject, sameJson } from '../../domain/json.ts';
import { invalidValue, noTarget } from '../faults.ts';
import { matches } from '../filter/evaluate.ts';
import { MAX_VALUES } from '../resource/list.ts';
import { nameIn, setOwn } from '../resource/own.ts';
import { isEmpty } from '../resource/scalar.ts';
import { seedOf } from './seed.ts';
import type { AttributeWrite } from './write.ts';

/** An attribute that the hub knows nothing of, after a write (entra.md B28): its form is what the client makes of it. */
export function nextUnknown(current: Json | undefined, write: AttributeWrite): Json | undefined {
  const next = write.where
    ? nextElements(current, write)
    : write.ref.sub
      ? nextPart(current, write)
      : nextWhole(current, write);
  if (Array.isArray(next) && next.length > MAX_VALUES)
    throw invalidValue(write.at, `has at most ${MAX_VALUES} values.`);
  return isEmpty(next) ? undefined : next;
}

function nextWhole(current: Json | undefined, { op, value }: AttributeWrite): Json | undefined {
  if (op === 'remove') {
    if (!Array.isArray(current) || !Array.isArray(value)) return undefined;
    return current.filter((one) => !value.some((gone) => sameJson(one, gone)));
  }
  if (op === 'replace' || !Array.isArray(current) || !Array.isArray(value)) return value;
  return [...current, ...value.filter((one) => !current.some((there) => sameJson(there, one)))];
}

function nextPart(current: Json | undefined, write: AttributeWrite): Json | undefined {
  if (Array.isArray(current)) return current.map((one) => (isJsonObject(one) ? withPart(one, write) : one));
  if (!isJsonObject(current) && (write.op === 'remove' || isEmpty(write.value))) return current;
  return withPart(isJsonObject(current) ? current : {}, write);
}

function nextElements(current: Json | undefined, write: AttributeWrite): Json | undefined {
  const list = Array.isArray(current) ? current : current === undefined ? [] : [current];
  const chosen = (one: Json): one is JsonObject => isJsonObject(one) && matches(write.where!, one);
  const clears = write.op === 'remove' || isEmpty(write.value);
  if (clears && !write.ref.sub) return list.filter((one) => !chosen(one));
  if (clears || list.some(chosen)) return list.map((one) => (chosen(one) ? withPart(one, write) : one));
  const seed = seedOf(write.where!);
  if (!seed) throw noTarget(write.path);
  return [...list, withPart(seed, write)];
}

function withPart(object: JsonObject, { op, ref: { sub }, value, at }: AttributeWrite): JsonObject {
  if (!sub) {
    if (!isJsonObject(value)) throw invalidValue(at, 'must be an object.');
    return { ...object, ...value };
  }
  const changed = { ...object };
  const name = nameIn(changed, sub.name);
  if (op === 'remove' || isEmpty(value)) delete changed[name];
  else setOwn(changed, name, value!);
  return changed;
}
