import { createHash } from 'node:crypto';
import type { Group, Person } from '../directory.ts';

/** Makes the people and groups of a story; one seed gives the same ids and addresses for ever. */
export interface Cast {
  /** Domain of everybody's addresses. */
  domain: string;
  /** Entra's object id of whoever or whatever the story calls so. */
  oid(name: string): string;
  person(name: string, more?: Partial<Person>): Person;
  group(name: string, members?: string[]): Group;
}

/** The cast of a preset's story. */
export function castOf(preset: string, seed: number): Cast {
  const domain = `${preset.toLowerCase().replaceAll('_', '-')}-${seed}.example`;
  const oid = (name: string) => {
    const hex = createHash('sha256').update(`${domain} ${name}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-8${hex.slice(15, 18)}-${hex.slice(18, 30)}`;
  };
  return {
    domain,
    oid,
    person: (name, more = {}) => ({
      id: oid(name),
      userPrincipalName: `${name.toLowerCase()}@${domain}`,
      accountEnabled: true,
      displayName: `${name} Example`,
      givenName: name,
      surname: 'Example',
      mail: `${name.toLowerCase()}@${domain}`,
      ...more,
    }),
    group: (name, members = []) => ({ id: oid(name), displayName: name, members: members.map(oid) }),
  };
}
