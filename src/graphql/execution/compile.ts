import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { selectionOf } from '../selection.ts';

/** A query as a function: root, context and coerced variables in, result out. */
export type Compiled = CompiledQuery['query'];

/**
 * Compiles one operation. Variables come coerced, so they are declared as JSON here: the compiler cannot follow an input
 * type that holds itself, as `UserWhere` does.
 */
export function compile(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Compiled {
  const compiled = compileQuery(schema, withLooseVariables(document), operation.name?.value, {
    // Rows come from the hub's own readers in the form that they leave in.
    disableLeafSerialization: true,
    resolverInfoEnricher: ({ fieldNodes, fragments }) => ({ selection: selectionOf(fieldNodes, fragments) }),
  });
  if (!isCompiledQuery(compiled)) {
    throw new Error(`The query does not compile: ${compiled.errors?.map((error) => error.message).join(' ')}`);
  }
  return compiled.query;
}

const anyValue = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } } as const;

const withLooseVariables = (document: DocumentNode): DocumentNode =>
  visit(document, {
    VariableDefinition: (node): VariableDefinitionNode => ({ ...node, type: anyValue, defaultValue: undefined }),
  });
