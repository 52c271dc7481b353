import { differences } from '../../src/entra/difference.ts';
import type { Expectations } from '../../src/entra/expectations.ts';
import { ENTERPRISE } from '../../src/fields/user.fields.ts';
import type { TestDirectory } from './hub.ts';

type Resource = {
  id: string;
  userName: string;
  active: boolean;
  displayName: string;
  externalId: string;
  members: { value: string }[];
  [ENTERPRISE]?: { manager?: { value: string } };
};

/** Everything that a directory reads back of one kind, page by page. */
export async function readAll({ scim, token }: TestDirectory, endpoint: 'Users' | 'Groups'): Promise<Resource[]> {
  const found: Resource[] = [];
  for (let total = 1; found.length < total; ) {
    const response = await fetch(`${scim}/${endpoint}?startIndex=${found.length + 1}&count=150`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const page = (await response.json()) as { totalResults: number; Resources: Resource[] };
    found.push(...page.Resources);
    total = page.totalResults;
  }
  return found;
}

/** Where the hub and the expected state differ, in words; empty when they agree. */
export async function disagreements(directory: TestDirectory, { users, groups }: Expectations): Promise<string[]> {
  const said: string[] = [];
  const people = await readAll(directory, 'Users');
  const nameOf = new Map(people.map(({ id, userName }) => [id, userName]));
  said.push(...missing('user', [...users.keys()], [...nameOf.values()]));
  for (const person of people) {
    const expected = users.get(person.userName);
    if (!expected) continue;
    const values = new Map<string, string | boolean>(Object.entries(expected.attributes)).set(
      'active',
      expected.active,
    );
    for (const { path } of differences({ values, roles: expected.roles }, person))
      said.push(`${person.userName}: ${path}`);
    const manager = person[ENTERPRISE]?.manager?.value;
    if ((manager && nameOf.get(manager)) !== expected.manager) said.push(`${person.userName}: manager`);
  }
  const found = await readAll(directory, 'Groups');
  said.push(
    ...missing(
      'group',
      [...groups.keys()],
      found.map(({ displayName }) => displayName),
    ),
  );
  for (const group of found) {
    const members = group.members.map(({ value }) => nameOf.get(value)).sort();
    const expected = groups.get(group.displayName)?.members ?? [];
    if (members.join('\n') !== expected.join('\n'))
      said.push(`${group.displayName}: ${members.length} members, not ${expected.length}`);
  }
  return said;
}

function missing(what: string, expected: string[], found: string[]): string[] {
  const [wanted, there] = [new Set(expected), new Set(found)];
  return [
    ...[...wanted].filter((name) => !there.has(name)).map((name) => `no ${what} ${name}`),
    ...[...there].filter((name) => !wanted.has(name)).map((name) => `${what} ${name} should not be there`),
  ];
}
