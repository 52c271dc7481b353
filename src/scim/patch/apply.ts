import { isInactive } from '../../domain/directories/record.ts';
import { isJsonObject, type Json, type JsonObject } from '../../domain/json.ts';
import { invalidSyntax } from '../faults.ts';
import { MAX_NAMES } from '../resource/check.ts';
import { getOwn, nameIn, setOwn } from '../resource/own.ts';
import { nextList } from './list-value.ts';
import { nextComplex, nextScalar } from './single-value.ts';
import { nextUnknown } from './unknown-value.ts';
import type { AttributeWrite, Write } from './write.ts';

/** The record after a write; the one given stays as it is. Throws ScimFault naming the attribute. */
export function applied(resource: JsonObject, write: Write): JsonObject {
  if (write.kind === 'dropSchema') return having(resource, nameIn(resource, write.schema), undefined);
  const { schema } = write.ref;
  if (schema === null) return changed(resource, write);
  const name = nameIn(resource, schema);
  const there = getOwn(resource, name);
  const inside = changed(isJsonObject(there) ? there : {}, write);
  return having(resource, name, Object.keys(inside).length > 0 ? inside : undefined);
}

function changed(holder: JsonObject, write: AttributeWrite): JsonObject {
  const { definition } = write.ref;
  // What was kept before it was mapped may be spelt in another case.
  const name = definition && !definition.custom ? write.ref.name : nameIn(holder, write.ref.name);
  const next = nextValue(getOwn(holder, name), write);
  if (next === undefined) {
    // A person who does not say so is active, but nobody is let in by an empty value: the disabled stay so, unsaid.
    if (definition?.name === 'active' && isInactive(holder)) return having(holder, name, null);
  }
  return having(holder, name, next);
}

function nextValue(current: Json | undefined, write: AttributeWrite): Json | undefined {
  const { definition } = write.ref;
  if (!definition) return nextUnknown(current, write);
  if (definition.multiValued) return nextList(current, write);
  return definition.type === 'complex' ? nextComplex(current, definition, write) : nextScalar(definition, write);
}

/** A copy of the object with that value; undefined: without it. */
function having(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (getOwn(object, name) === value) return object;
  const copy = { ...object };
  if (value === undefined) delete copy[name];
  else setOwn(copy, name, value);
  if (Object.keys(copy).length > MAX_NAMES) throw invalidSyntax(`A record has at most ${MAX_NAMES} attributes.`);
  return copy;
}
