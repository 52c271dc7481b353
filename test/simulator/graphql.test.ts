import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleCompany } from '../../src/entra/company.ts';
import { expectations } from '../../src/entra/expectations.ts';
import { provision } from '../../src/entra/provision.ts';
import { ENTERPRISE } from '../../src/fields/user.fields.ts';
import { type Hub, startHub, type Tenant } from '../support/hub.ts';

let hub: Hub;
let tenant: Tenant;
const company = sampleCompany({ people: 1000, groups: 60, seed: 1 });
const scenario = 'joiners-movers-leavers';

beforeAll(async () => {
  hub = await startHub();
  tenant = await hub.newTenant();
  const { scim, token } = await hub.newDirectory(tenant.id);
  const report = await provision({ url: scim, token, directory: company, dialect: 'mixed', cycles: 3, scenario });
  expect(report.refusals).toEqual([]);
}, 120_000);
afterAll(() => hub?.stop());

type Connection<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string } };

/** Every node of a connection, page by page. */
async function all<T>(field: string, selection: string): Promise<T[]> {
  const found: T[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query($after: String) { page: ${field}(first: 100, after: $after) { nodes { ${selection} } pageInfo { hasNextPage endCursor } } }`;
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { after } }),
    });
    const { data, errors } = (await response.json()) as { data: { page: Connection<T> }; errors?: unknown };
    expect(errors).toBeUndefined();
    found.push(...data.page.nodes);
    if (!data.page.pageInfo.hasNextPage) return found;
    after = data.page.pageInfo.endCursor;
  }
}

type User = {
  userName: string;
  status: string;
  displayName: string | null;
  department: string | null;
  manager: { userName: string } | null;
  teams: { nodes: { name: string }[] };
};

test('E1 what products read of 1,000 people after three cycles is what Entra meant', async () => {
  const { users, groups } = expectations(company, { cycles: 3, scenario });
  const teamsOf = new Map<string, string[]>();
  for (const [name, { members }] of groups) {
    for (const member of members) teamsOf.set(member, [...(teamsOf.get(member) ?? []), name]);
  }
  const expected = [...users].map(([userName, { active, attributes, manager }]) => ({
    userName,
    status: active ? 'ACTIVE' : 'DEACTIVATED',
    displayName: attributes.displayName ?? null,
    department: attributes[`${ENTERPRISE}:department`] ?? null,
    manager: manager ? { userName: manager } : null,
    teams: (teamsOf.get(userName) ?? []).sort(),
  }));
  const selection = 'userName status displayName department manager { userName } teams(first: 100) { nodes { name } }';
  const found = (await all<User>('users', selection)).map((user) => ({
    ...user,
    teams: user.teams.nodes.map(({ name }) => name).sort(),
  }));
  const byName = (a: { userName: string }, b: { userName: string }) => (a.userName < b.userName ? -1 : 1);
  expect(found.sort(byName)).toEqual(expected.sort(byName));
});

test('E1 every group is a team that counts its members', async () => {
  const { groups } = expectations(company, { cycles: 3, scenario });
  const teams = await all<{ name: string; memberCount: number }>('teams', 'name memberCount');
  const counted = Object.fromEntries(teams.map(({ name, memberCount }) => [name, memberCount]));
  expect(counted).toEqual(Object.fromEntries([...groups].map(([name, { members }]) => [name, members.length])));
});
