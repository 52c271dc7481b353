import type { Case } from './case.ts';
import { graphqlCases } from './graphql-cases.ts';
import { groupCases } from './group-cases.ts';
import { scimCases } from './scim-cases.ts';

/** Every case, in the order of the table. */
export const cases: readonly Case[] = [...scimCases, ...groupCases, ...graphqlCases];

/** The cases whose names begin with one of these; all when there are none. Throws for a name of no case. */
export function casesNamed(names: readonly string[]): Case[] {
  const unknown = names.find((name) => !cases.some((one) => one.name.startsWith(name)));
  if (unknown) throw new Error(`There is no case ${unknown}; there are ${cases.map((one) => one.name).join(', ')}.`);
  return cases.filter((one) => names.length === 0 || names.some((name) => one.name.startsWith(name)));
}
