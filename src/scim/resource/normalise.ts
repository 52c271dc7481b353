import type { Json } from '../../domain/json.ts';
import type { Definition } from '../schema/definition.ts';
import { complexOf } from './complex.ts';
import { listOf } from './list.ts';
import { isEmpty, scalarOf, single } from './scalar.ts';

/** The value as the hub keeps it; undefined for none. Without a definition it is kept as sent. Throws ScimFault. */
export function normalise(definition: Definition | null, at: string, value: Json): Json | undefined {
  if (!definition) return isEmpty(value) ? undefined : value;
  if (isEmpty(definition.multiValued ? value : single(value))) return undefined;
  const normal = definition.multiValued
    ? listOf(definition, at, value)
    : definition.type === 'complex'
      ? complexOf(definition, at, value)
      : scalarOf(definition, at, value);
  return isEmpty(normal) ? undefined : normal;
}

/** How an attribute is named to the client. */
export const label = (schema: string | null, name: string, sub: string | null = null): string =>
  `${schema === null ? '' : `${schema}:`}${name}${sub === null ? '' : `.${sub}`}`;
