import type { CustomField } from '../../fields/custom-field.ts';
import type { FieldTable } from '../../fields/field-table.ts';
import { customPath } from '../../fields/scim-path.ts';
import { attribute, byName, type Definition, type Schema } from './definition.ts';
import { standardTables, type Tables } from './resolve.ts';
import { types } from './user-schema.ts';

const made = new WeakMap<FieldTable, Tables>();

/** The attributes of a tenant with these fields: the standard ones, and those of its own that are mapped. Made once. */
export function tablesWith(fields: FieldTable): Tables {
  const known = made.get(fields) ?? extended(fields.custom);
  made.set(fields, known);
  return known;
}

function extended(custom: readonly CustomField[]): Tables {
  const mapped = custom.filter(({ scim }) => scim !== undefined);
  if (mapped.length === 0) return standardTables;
  const bySchema = Map.groupBy(mapped, ({ scim }) => customPath(scim!).schema?.toLowerCase() ?? null);
  const { core, extensions } = standardTables.User;
  const standard = new Set(extensions.map(({ urn }) => urn.toLowerCase()));
  const own = [...bySchema].filter(([schema]) => schema !== null && !standard.has(schema));
  const User = {
    ...standardTables.User,
    core: withFields(core, bySchema.get(null)),
    extensions: extensions.map((schema) => withFields(schema, bySchema.get(schema.urn.toLowerCase()))),
    own: own.map(([, fields]) => ownSchema(fields)).sort((a, b) => b.urn.length - a.urn.length),
  };
  return { ...standardTables, User };
}

const withFields = (schema: Schema, fields: readonly CustomField[] = []): Schema =>
  fields.length === 0
    ? schema
    : { ...schema, attributes: byName([...schema.attributes.values(), ...fields.map(define)]) };

/** A namespace of the tenant's own, spelt as its oldest field spells it. */
function ownSchema(fields: readonly CustomField[]): Schema {
  const urn = customPath(fields[0]!.scim!).schema!;
  return {
    urn,
    name: urn.slice(urn.lastIndexOf(':') + 1),
    description: 'Fields of your own.',
    attributes: byName(fields.map(define)),
  };
}

function define({ scim, type, label }: CustomField): Definition {
  const referenceTypes = type === 'URL' ? ['external'] : type === 'REFERENCE' ? ['User'] : undefined;
  return attribute(customPath(scim!).name, label, {
    type: type === 'REFERENCE' ? 'reference' : types[type],
    custom: true,
    ...(referenceTypes && { referenceTypes }),
  });
}
