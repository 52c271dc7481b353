import type { DirectoryPolicy } from '../../domain/directories/directory-policy.ts';
import { directoryPolicy, type Policy } from '../../domain/policy.ts';
import type { Fields } from '../../fields/field.ts';
import { writtenPath } from '../../fields/written-path.ts';
import { byName, type Schema } from './definition.ts';
import { type FieldPath, fieldPath } from './field-path.ts';
import { requiring } from './requiring.ts';
import type { Tables } from './resolve.ts';
import { tablesWith } from './tenant-tables.ts';

const made = new WeakMap<Policy, Map<string, Tables>>();

/** The attributes of that directory, as its policy has them. Made once for each version of the tenant's policy. */
export function directoryTables(policy: Policy, directoryId: string): Tables {
  const ofPolicy = made.get(policy) ?? new Map<string, Tables>();
  made.set(policy, ofPolicy);
  const tables = ofPolicy.get(directoryId) ?? tablesUnder(directoryPolicy(policy, directoryId), policy);
  ofPolicy.set(directoryId, tables);
  return tables;
}

function tablesUnder(policy: DirectoryPolicy, { fields: table }: Policy): Tables {
  const tables = tablesWith(table);
  const { core, extensions, own } = tables.User;
  const hasGroups = policy.groups !== 'OFF';
  const required = pathsOf(policy.requiredFields, table.fields);
  const inSchema = (urn: string | null) =>
    required.filter(({ schema }) => schema?.toLowerCase() === urn?.toLowerCase());
  const demanding = (schema: Schema) => requiring(schema, inSchema(schema.urn));
  const people = requiring(core, inSchema(null));
  return {
    User: {
      core: hasGroups ? people : withoutGroups(people),
      extensions: extensions.map(demanding),
      own: own.map(demanding),
      filterable: filterable(policy, table.fields),
    },
    Group: { ...tables.Group, filterable: policy.filterableFields.length > 0 ? groupFilters : null },
    hasGroups,
    isClosed: policy.unknownAttributes === 'REFUSE',
  };
}

const pathsOf = (keys: readonly string[], fields: Fields): FieldPath[] =>
  keys.flatMap((key) => writtenPath(key, fields) ?? []).map(fieldPath);

/** Clients that send them all the same are not refused for it: nothing is made of what is never returned. */
const withoutGroups = (schema: Schema): Schema => ({
  ...schema,
  attributes: byName(
    [...schema.attributes.values()].map((definition) =>
      definition.name === 'groups' ? { ...definition, returned: 'never', searchable: false } : definition,
    ),
  ),
});

/** What groups are looked for by, in a directory that says by what it looks for people (seeds SE10). */
const groupFilters: ReadonlySet<string> = new Set(['id', 'displayname', 'externalid', 'members']);

/** The listed fields; `id` is always there, and a list is one attribute whatever the type of its elements. */
function filterable({ filterableFields }: DirectoryPolicy, fields: Fields): ReadonlySet<string> | null {
  if (filterableFields.length === 0) return null;
  const paths = pathsOf(filterableFields, fields).map(({ schema, name, element, sub }) =>
    [schema === null ? name : `${schema}:${name}`, ...(element === null && sub !== null ? [sub] : [])].join('.'),
  );
  return new Set(['id', ...paths.map((path) => path.toLowerCase())]);
}
