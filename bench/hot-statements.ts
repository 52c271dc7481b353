import { parseFilter } from '../src/scim/filter/parse.ts';
import { compile } from '../src/storage/conditions/compile.ts';
import { Fragments } from '../src/storage/conditions/fragment.ts';
import { userTarget } from '../src/storage/conditions/user-target.ts';
import { addMembers, removeMembers } from '../src/storage/groups/member-statements.ts';
import { findGroupRecord, findUserRecord, listMembers, userRecords } from '../src/storage/records/record-statements.ts';
import { findPerson } from '../src/storage/users/person-statements.ts';
import type { Company } from './company.ts';
import { keyOfNumber, userNameOf } from './person.ts';

/** A statement of the hub with values of the seeded company. */
export type HotStatement = { name: string; text: string; values: unknown[] };

/** What the hub asks most, for people and groups in the middle of the company. */
export function hotStatements({ tenantId, directoryId, people, groups }: Company): HotStatement[] {
  const own = [tenantId, directoryId];
  const person = people[777]!;
  const [small, large] = [groups['10'][7]!, groups['10k'][7]!];
  const origin = [new Date().toISOString(), 'dir_', 'bench', '[]'];
  const userName = userNameOf(keyOfNumber(777));
  return [
    { ...findUserRecord, values: [...own, person] },
    { ...findPerson, values: [tenantId, person] },
    { ...findGroupRecord, values: [...own, large] },
    usersPage('users page by userName', own, `userName eq "${userName}"`),
    usersPage('users page by externalId', own, `externalId eq "object-${keyOfNumber(777)}"`),
    usersPage('users page by e-mail', own, `emails[type eq "work" and value eq "${userName}"]`),
    usersPage('users page without a filter', own, null),
    { ...addMembers, name: 'add-group-members to 10', values: [...own, small, [person], ...origin] },
    { ...addMembers, name: 'add-group-members to 10k', values: [...own, large, [person], ...origin] },
    { ...removeMembers, values: [...own, large, [person], ...origin] },
    { ...listMembers, name: 'list-record-members of 10', values: [...own, [small]] },
  ];
}

function usersPage(name: string, own: unknown[], filter: string | null): HotStatement {
  const sql = new Fragments(own);
  const where = filter === null ? '' : `and ${compile(parseFilter('User', filter), userTarget, sql)}`;
  return { name, text: userRecords.list(where, sql.bind(100), sql.bind(0)), values: sql.values };
}
