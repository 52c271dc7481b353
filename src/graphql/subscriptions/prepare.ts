import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import { type Cost, costOf } from '../cost/cost-of.ts';
import { type Compiled, compile } from '../execution/compile.ts';
import { badInput } from '../execution/execute.ts';
import { parseWithin } from '../execution/limits.ts';
import { Lru } from '../execution/lru.ts';
import { Refusal, refusal } from './refusal.ts';

/** What a client sends to subscribe. */
export type Asked = { query: string; operationName?: string | null; variables?: Record<string, unknown> | null };

/** A subscription that is valid: its one field with arguments, what makes an answer of an event, and its cost in points. */
export type Prepared = {
  field: string;
  args: Record<string, unknown>;
  variables: object;
  answer: Compiled;
  cost: number;
};

type Known = { operation: OperationDefinitionNode; root: FieldNode; answer: Compiled; cost: Cost };

/** Subscriptions that stay compiled. */
const MOST_KNOWN = 200;

/** Checks subscriptions by the limits and rules of queries, and compiles them; throws Refusal. */
export function preparer(schema: GraphQLSchema): (asked: Asked) => Prepared {
  const known = new Lru<Known>(MOST_KNOWN);
  const fields = schema.getSubscriptionType()!.getFields();
  const learn = ({ query, operationName }: Asked): Known => {
    const key = JSON.stringify([operationName ?? null, query]);
    const learned = known.get(key) ?? read(schema, query, operationName);
    known.set(key, learned);
    return learned;
  };
  return (asked) => {
    const { operation, root, answer, cost } = learn(asked);
    const given = getVariableValues(schema, operation.variableDefinitions ?? [], asked.variables ?? {}, {
      maxErrors: 10,
    });
    if (given.errors) throw new Refusal(given.errors.map(badInput));
    const args = argumentsOf(fields[root.name.value]!, root, given.coerced);
    return { field: root.name.value, args, variables: given.coerced, answer, cost: cost(given.coerced) };
  };
}

function read(schema: GraphQLSchema, query: string, operationName: string | null | undefined): Known {
  const document = parsed(query);
  const errors = validate(schema, document, undefined, { maxErrors: 10 });
  if (errors.length > 0) throw new Refusal(errors.map(invalidly));
  const operation = getOperationAST(document, operationName);
  if (!operation) throw refusal('OPERATION_RESOLUTION_FAILURE', 'Name the one operation that is meant.');
  if (operation.operation !== 'subscription') {
    throw refusal('BAD_REQUEST', 'Only subscriptions are served here; send queries and mutations by POST to /graphql.');
  }
  const [root] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || root.directives?.length) {
    throw refusal('BAD_REQUEST', 'Select the field of the subscription itself, without directives or fragments.');
  }
  return {
    operation,
    root,
    answer: compile(schema, document, operation),
    cost: costOf(schema, document, operation),
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parseWithin(query);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw refusal(String(error.extensions.code ?? 'GRAPHQL_PARSE_FAILED'), error.message);
  }
}

const invalidly = ({ message, locations }: GraphQLError) => ({
  message,
  ...(locations ? { locations } : {}),
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
});

function argumentsOf(...[field, node, variables]: Parameters<typeof getArgumentValues>): Record<string, unknown> {
  try {
    return getArgumentValues(field, node, variables);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new Refusal([badInput(error)]);
  }
}
