import type { Context } from '../command.ts';
import type { Change } from '../event.ts';
import { demandTransaction } from '../one-transaction.ts';
import type { Person, UserKind } from '../users/person.ts';
import { appRolesOf } from './app-roles.ts';
import type { RoleRule } from './role.ts';

/** What of a person rules go by; groups by stored id. */
export type Held = { appRoles: readonly string[]; groupIds: readonly string[] };

/**
 * What a person is under the rules: the kind of the first that holds; where none does, what a rule had made of them is
 * taken back, and what an admin chose stays (seeds S28).
 */
export function kindUnder(rules: readonly RoleRule[], held: Held, { kind, kindByRule }: KindOfPerson): UserKind {
  const rule = rules.find((one) => one.kind !== null && holds(one, held));
  return rule?.kind ?? (kindByRule ? 'MEMBER' : kind);
}

type KindOfPerson = { kind: UserKind; kindByRule: boolean };

/** True when the rule speaks of who holds that. */
export const holds = ({ appRole, groupId }: RoleRule, { appRoles, groupIds }: Held): boolean =>
  appRole === null ? groupIds.includes(groupId!) : appRoles.includes(appRole);

/** Sets the person's kind by the rules, from the records that stand now; the change, if there is one. */
export async function followKind({ tx, policy }: Context, person: Person): Promise<Change[]> {
  const rules = policy.roleRules.filter((rule) => rule.kind !== null);
  if (rules.length === 0 && !person.kindByRule) return [];
  const byGroup = rules.some((rule) => rule.groupId !== null) && person.version > 0;
  const held = { appRoles: appRolesHeld(person), groupIds: byGroup ? await tx.roles.groupsOf(person.id) : [] };
  const kind = kindUnder(rules, held, person);
  if (kind === person.kind) return [];
  // A group may make its team because of it.
  demandTransaction(tx);
  const change = { key: 'kind', from: person.kind, to: kind, source: null };
  person.kind = kind;
  person.kindByRule = rules.some((rule) => holds(rule, held));
  return [change];
}

/** The app roles that connected directories give the person. */
export const appRolesHeld = ({ sources }: Pick<Person, 'sources'>): string[] =>
  sources.flatMap(({ live, link }) => (live && link && !link.endedAt ? appRolesOf(link.resource) : []));
