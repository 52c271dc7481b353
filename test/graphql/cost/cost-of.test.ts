import { type DocumentNode, type FragmentDefinitionNode, getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { costOf } from '../../../src/graphql/cost/cost-of.ts';
import { createSchema } from '../../../src/graphql/schema.ts';

const schema = await createSchema();

const ruleOf = (document: DocumentNode) => costOf(schema, document, getOperationAST(document)!);

function costOfText(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return ruleOf(document)(variables);
}

test.each([
  ['a person by id', '{ user(id: "x") { id displayName email } }', 1],
  ['a page, however long', '{ users(first: 100) { nodes { id } pageInfo { hasNextPage } totalCount } }', 1],
  ['a list in each of a page', '{ users(first: 50) { nodes { teams { nodes { id } } } } }', 1 + 50],
  ['the same by edges', '{ users(first: 50) { edges { node { teams { nodes { id } } } } } }', 1 + 50],
  ['a page of the usual length', '{ users { nodes { manager { id } } } }', 1 + 25],
  ['a page of null, which is as long', '{ users(first: null) { nodes { manager { id } } } }', 1 + 25],
  [
    'three levels',
    '{ users(first: 10) { nodes { teams(first: 5) { nodes { members { totalCount } } } } } }',
    1 + 10 + 50,
  ],
  ['a list that takes no first', '{ directories { health { lastTestAt } } }', 1 + 10],
  [
    'a list that takes first and is no connection',
    '{ directories { rehearsal { sample(first: 7) { subject { id } } } } }',
    1 + 10 + 10 + 70,
  ],
  ['more than any page', '{ users(first: 1000000) { nodes { manager { id } } } }', 1 + 100],
  ['less than any page', '{ users(first: -1) { nodes { manager { id } } } }', 1 + 1],
  ['two fields of one', '{ a: viewer { kind } b: viewer { kind } }', 2],
  [
    'a fragment at two places',
    '{ a: user(id: "x") { ...f } b: user(id: "y") { ...f } } fragment f on User { manager { id } }',
    4,
  ],
  ['what a directive leaves out', '{ viewer { user @include(if: false) { id } } }', 2],
  ['each of several types', '{ node(id: "x") { ... on User { manager { id } } ... on Team { groups { id } } } }', 3],
  ['a mutation', 'mutation { createTeam(name: "x") { problems { code } } }', 10],
  ['a preview', '{ previewFieldRules(rules: []) { usersChanged } }', 10],
  ['the schema', '{ __schema { types { fields { type { name } } } } }', 10],
  ['a name of a type', '{ __typename }', 0],
])('%s', (_, query, cost) => {
  expect(costOfText(query)).toBe(cost);
});

test('a variable that lengthens a page is counted as it is given, or by its default', () => {
  const query = 'query ($n: Int) { users(first: $n) { nodes { manager { id } } } }';
  expect([{ n: 3 }, { n: 80 }, { n: null }, {}].map((given) => costOfText(query, given))).toEqual([4, 81, 26, 26]);
});

test('A49 what tries a code, makes a credential or sends a message costs a hundred, for every alias', () => {
  const tries = Array.from(
    { length: 15 },
    (_, index) => `t${index}: verifyPhone(user: "x", code: "1") { problems { code } }`,
  );
  expect(costOfText(`mutation { ${tries.join(' ')} }`)).toBe(1_500);
  expect(costOfText('mutation { requestPhoneCode(user: "x") { problems { code } } }')).toBe(100);
  expect(costOfText('mutation { createApiKey(name: "x", scopes: []) { id } }')).toBe(100);
});

describe('A47 fragments that fan out to 2^22', () => {
  const fan = Array.from({ length: 22 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`).join(' ');
  const query = `query ($n: Int) { ...f0 } ${fan} fragment f22 on Query { users(first: $n) { nodes { manager { id } } } }`;

  test('each fragment is looked at once', () => {
    let looked = 0;
    const counted = (fragment: FragmentDefinitionNode): FragmentDefinitionNode => ({
      ...fragment,
      get selectionSet() {
        looked++;
        return fragment.selectionSet;
      },
    });
    const document = parse(query);
    const definitions = document.definitions.map((one) => (one.kind === 'FragmentDefinition' ? counted(one) : one));
    looked = 0;
    expect(ruleOf({ ...document, definitions })({ n: 9 })).toBe(2 ** 22 * 10);
    expect(looked).toBe(23);
  });

  test('a variable is looked at once for each place where it is written', () => {
    let looked = 0;
    const variables = {
      get n() {
        looked++;
        return 9;
      },
    };
    expect(ruleOf(parse(query))(variables)).toBe(2 ** 22 * 10);
    expect(looked).toBeLessThanOrEqual(2);
  });
});
