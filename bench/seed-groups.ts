import type pg from 'pg';
import { uuidOf } from '../src/domain/ids.ts';
import type { GroupSize } from './company.ts';
import { JOINERS } from './group-cases.ts';
import { scim } from './scim-client.ts';
import type { SeedTarget } from './seed-people.ts';

/** Groups to join of each size: as many as the other, so that the load meets itself equally often. */
const GROUPS_OF_A_SIZE = 64;
const PEOPLE_OF_A_DEPARTMENT = 1_000;

/** Memberships of the groups `$2`: of the i-th those people whose number `who` gives. */
const fill = (who: string) => `
insert into group_members (tenant_id, group_id, user_id)
select $1, g.id, s.id from unnest($2::uuid[]) with ordinality g(id, i) join seeded s on ${who}
order by g.id, s.id`;

/**
 * Makes groups and their teams through SCIM, and their memberships as rows. Everyone is in a department, a site and a
 * project of 1,000 people each; nobody of the first 20,000 is in a group to join.
 */
export async function seedGroups(client: pg.Client, target: SeedTarget, count: number) {
  const make = (name: string, many: number) => makeGroups(target, name, many);
  const groups: Record<GroupSize, string[]> = {
    '10': await make('Ten', GROUPS_OF_A_SIZE),
    '10k': await make('Ten thousand', GROUPS_OF_A_SIZE),
  };
  const join = (ids: string[], who: string) => client.query(fill(who), [target.tenantId, ids]);
  const departments = count / PEOPLE_OF_A_DEPARTMENT;
  const spreads = {
    Department: `s.number / ${PEOPLE_OF_A_DEPARTMENT}`,
    Site: `s.number % ${departments}`,
    Project: `(s.number / 7) % ${departments}`,
  };
  for (const [name, spread] of Object.entries(spreads))
    await join(await make(name, departments), `${spread} + 1 = g.i`);
  await join(groups['10'], `s.number >= ${JOINERS} + g.i * 10 and s.number < ${JOINERS} + g.i * 10 + 10`);
  const from = `(${JOINERS} + (g.i * 997) % ${count - JOINERS - 10_000})`;
  await join(groups['10k'], `s.number >= ${from} and s.number < ${from} + 10000`);
  return groups;
}

/** The stored ids of new groups, in the order of their ids. */
async function makeGroups({ url, token }: SeedTarget, name: string, many: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < many; index++) {
    const body = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: `${name} ${index}`,
      externalId: `${name} ${index}`,
    };
    ids.push(uuidOf('grp', (await scim<{ id: string }>(url, token, '/Groups', body)).id)!);
  }
  return ids;
}
