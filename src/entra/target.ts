import type { Group, Person } from './directory.ts';
import { ENTERPRISE, GALLERY, type Mapping, type PersonText } from './mapping.ts';
import { placePath } from './scim-path.ts';

/** What Entra wants an object to be: SCIM path → value; attributes without a source value are left out (entra.md B26). */
export interface Target {
  values: Map<string, string | boolean>;
  roles?: string[];
}

/** The state a person maps to (entra.md B14). */
export function personTarget(person: Person, mapping: Mapping = GALLERY): Target {
  const values = new Map<string, string | boolean>([
    ['externalId', person.id],
    ['active', person.accountEnabled],
  ]);
  for (const [name, path] of Object.entries(mapping.attributes)) {
    const value = person[name as PersonText];
    if (value !== undefined && value !== '') values.set(path, value);
  }
  const formatted = [person.givenName, person.surname].filter(Boolean).join(' ');
  if (formatted && mapping.fullName) values.set('name.formatted', formatted);
  return { values, ...(mapping.appRoles && { roles: person.appRoles ?? [] }) };
}

/** The state a group maps to; members are references and travel on their own. */
export function groupTarget(group: Group): Target {
  return {
    values: new Map([
      ['externalId', group.id],
      ['displayName', group.displayName],
    ]),
  };
}

/** The POST body that creates a user (entra.md B8; roles as D3). */
export function userBody({ values, roles }: Target): Record<string, unknown> {
  const body: Record<string, unknown> = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE] };
  for (const [path, value] of values) placePath(body, path, value);
  for (const email of (body.emails ?? []) as Record<string, unknown>[]) if (email.type === 'work') email.primary = true;
  return { ...body, meta: { resourceType: 'User' }, ...(roles && { roles: roles.map(assignedRole) }) };
}

/** The POST body that creates a group, always without members (entra.md C5). */
export function groupBody({ values }: Target): Record<string, unknown> {
  return {
    schemas: [
      'urn:ietf:params:scim:schemas:core:2.0:Group',
      'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
    ],
    ...Object.fromEntries(values),
    meta: { resourceType: 'Group' },
  };
}

/** One app role as AssertiveAppRoleAssignmentsComplex sends it (entra.md D3). */
export function assignedRole(value: string): Record<string, unknown> {
  return { primary: false, type: 'WindowsAzureActiveDirectoryRole', display: value, value };
}
