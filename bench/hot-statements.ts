import { parseFilter } from '../src/scim/filter/parse.ts';
import { addMembers, removeMembers } from '../src/storage/groups/member-statements.ts';
import { pageQuestion } from '../src/storage/records/page-statement.ts';
import { findGroupRecord, findUserRecord, listMembers } from '../src/storage/records/record-statements.ts';
import { findLinked } from '../src/storage/users/find-statements.ts';
import { backgroundStatements } from './background-statements.ts';
import type { Company } from './company.ts';
import { keyOfNumber, userNameOf } from './person.ts';

/** A statement of the hub with values of the seeded company. */
export type HotStatement = { name: string; text: string; values: unknown[] };

/** What the hub asks most, for people and groups in the middle of the company, and what it asks every second. */
export async function hotStatements(company: Company): Promise<HotStatement[]> {
  const { tenantId, directoryId, people, groups } = company;
  const own = [tenantId, directoryId];
  const person = people[777]!;
  const [small, large] = [groups['10'][7]!, groups['10k'][7]!];
  const change = [new Date().toISOString(), 'dir_', 'bench', null, '[]', 'false', 'true'];
  const userName = userNameOf(keyOfNumber(777));
  return [
    { ...findUserRecord, values: [...own, person] },
    { ...findLinked, values: [...own, person] },
    { ...findGroupRecord, values: [...own, large] },
    usersPage('users page by userName', own, `userName eq "${userName}"`),
    usersPage('users page by externalId', own, `externalId eq "object-${keyOfNumber(777)}"`),
    usersPage('users page by e-mail', own, `emails[type eq "work" and value eq "${userName}"]`),
    usersPage('users page without a filter', own, null),
    { ...addMembers.free, name: 'add-group-members to 10', values: [...own, small, [person], ...change] },
    { ...addMembers.free, name: 'add-group-members to 10k', values: [...own, large, [person], ...change] },
    { ...removeMembers.free, values: [...own, large, [person], ...change] },
    { ...listMembers, name: 'list-record-members of 10', values: [...own, [small]] },
    ...(await backgroundStatements(company)),
  ];
}

function usersPage(name: string, own: unknown[], filter: string | null): HotStatement {
  const { text, values } = pageQuestion(own, {
    where: { User: filter === null ? null : parseFilter('User', filter) },
    sort: null,
    start: { offset: 0 },
    limit: 100,
    counted: true,
    withGroups: true,
  });
  return { name, text, values };
}
