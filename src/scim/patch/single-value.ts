import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { complexOf } from '../resource/complex.ts';
import { nameIn } from '../resource/own.ts';
import { isEmpty, scalarOf, single } from '../resource/scalar.ts';
import type { Definition } from '../schema/definition.ts';
import { resolveSub } from '../schema/resolve.ts';
import type { AttributeWrite } from './write.ts';

/** A single value without parts after a write; undefined when it is cleared. */
export function nextScalar(definition: Definition, { op, value, at }: AttributeWrite): Json | undefined {
  return op === 'remove' || isEmpty(single(value)) ? undefined : scalarOf(definition, at, value!);
}

/** A single value with parts after a write; undefined when nothing is left of it. */
export function nextComplex(
  current: Json | undefined,
  definition: Definition,
  write: AttributeWrite,
): Json | undefined {
  const there = isJsonObject(current) ? current : {};
  const next = changedParts(there, definition, write);
  // A reference without its value refers to nothing.
  const isNothing = Object.keys(next).length === 0 || (isReference(definition) && isEmpty(next.value));
  return isNothing ? undefined : next;
}

const isReference = (definition: Definition): boolean => definition.subAttributes!.some((sub) => sub.name === 'value');

function changedParts(
  there: JsonObject,
  definition: Definition,
  { op, ref, value: given, at }: AttributeWrite,
): JsonObject {
  const value = single(given);
  if (ref.sub) {
    if (op === 'remove' || isEmpty(value)) return dropped(there, [ref.sub.name]);
    return { ...there, ...complexOf(definition, at, { [ref.sub.name]: value! }) };
  }
  if (op === 'remove') {
    // Microsoft's own code lets go of a manager only if it is the one named (entra.md B23).
    if (!isReference(definition) || isEmpty(value)) return {};
    return complexOf(definition, at, value!).value === there.value ? {} : there;
  }
  if (isEmpty(value)) return {};
  const parts = complexOf(definition, at, value!);
  if (isReference(definition) || !isJsonObject(value)) return parts;
  // Parts that are not given stay (RFC 7644 §3.5.2.3), those given as empty go.
  const empty = Object.keys(value).filter((name) => isEmpty(value[name]));
  return {
    ...dropped(
      there,
      empty.map((name) => resolveSub(definition, name).name),
    ),
    ...parts,
  };
}

function dropped(there: JsonObject, names: readonly string[]): JsonObject {
  const left = { ...there };
  for (const name of names) delete left[nameIn(left, name)];
  return left;
}
