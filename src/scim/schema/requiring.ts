import { byName, type Definition, type Schema } from './definition.ts';
import type { FieldPath } from './field-path.ts';

/** The schema with `required` for the attributes on these paths, and for no others (seeds SE8). */
export const requiring = (schema: Schema, paths: readonly FieldPath[]): Schema => ({
  ...schema,
  attributes: byName([...schema.attributes.values()].map((definition) => demanded(definition, paths))),
});

/** An attribute is required when the whole of it or a part of it is; a part, when each value must have it. */
function demanded(definition: Definition, paths: readonly FieldPath[]): Definition {
  const own = paths.filter(({ name }) => name.toLowerCase() === definition.name.toLowerCase());
  const required = own.length > 0;
  if (required === definition.required && !required) return definition;
  const parts = own.flatMap(({ element, sub }) => (element === null && sub !== null ? [sub] : []));
  if (parts.length === 0) return { ...definition, required };
  const subAttributes = definition.subAttributes!.map((part) => ({ ...part, required: parts.includes(part.name) }));
  return { ...definition, required, subAttributes };
}
