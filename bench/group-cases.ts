import { wireId } from '../src/domain/ids.ts';
import { type Case, floorRequest, hubRequest } from './case.ts';
import type { Company, GroupSize } from './company.ts';

/** The first people of the company are in no group of these sizes, and join them under load. */
export const JOINERS = 20_000;

/** Someone who is not yet a member, and the group to join: each pair comes once. */
function joining({ groups, people }: Company, size: GroupSize, serial: number): { group: string; person: string } {
  const all = groups[size];
  return { group: all[serial % all.length]!, person: people[Math.floor(serial / all.length) % JOINERS]! };
}

const add = (value: string) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: [{ op: 'Add', path: 'members', value: [{ value }] }],
});

/** One member to a group; after each round those who joined leave, so that the sizes stay. */
const groupAdd = (size: GroupSize): Case => ({
  name: `scim.group-add.${size}`,
  bar: 0.45,
  together: 'group-add',
  request: {
    hub: (company, serial) => {
      const { group, person } = joining(company, size, serial);
      return hubRequest('PATCH', `/scim/v2/Groups/${wireId('grp', group)}`, company.token, add(wireId('usr', person)));
    },
    floor: (company, serial) => {
      const { group, person } = joining(company, size, serial);
      return floorRequest('PATCH', `/groups/${group}`, add(person));
    },
  },
  restore: {
    sql: 'delete from group_members where tenant_id = $1 and group_id = any($2) and user_id < $3',
    values: ({ tenantId, groups, people }) => [tenantId, groups[size], people[JOINERS]],
  },
});

/** Members of small and of large groups, which must cost the same. */
export const groupCases: Case[] = [groupAdd('10'), groupAdd('10k')];
