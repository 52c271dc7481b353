import type { IncomingMessage } from 'node:http';
import {
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { isJsonObject } from '../../domain/json.ts';
import { type Answer, refusal } from '../answer.ts';

/** The header that makes a mutation happen once. */
const HEADER = 'Idempotency-Key';
const SHAPE = /^[\x20-\x7e]{1,255}$/;

/** A mutation under a key: what tells the request from others, and whether its answer must not be kept. */
export type KeyedRequest = { key: string; request: string; isSecret: boolean };

/** The mutation that is asked under a key; null for anything else; an Answer where the key cannot be taken. */
export function keyedRequest(
  schema: GraphQLSchema,
  { headersDistinct }: Pick<IncomingMessage, 'headersDistinct'>,
  body: unknown,
): KeyedRequest | Answer | null {
  const keys = headersDistinct[HEADER.toLowerCase()];
  const operation = keys && operationOf(body);
  if (operation?.operation !== 'mutation') return null;
  const [key = ''] = keys!;
  if (keys!.length !== 1 || !SHAPE.test(key)) return refused(`${HEADER} must be 1 to 255 printable ASCII characters.`);
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== 'Field' || others.length > 0)
    return refused(`A mutation with ${HEADER} must have exactly one field, outside of fragments.`);
  const { query, operationName = null, variables = null } = body as { [part: string]: unknown };
  const request = JSON.stringify([query, operationName, variables], inOrder);
  return { key, request, isSecret: answersSecret(schema, field.name.value) };
}

const refused = (message: string): Answer => refusal(400, 'BAD_REQUEST', message);

/** The operation that is asked for; null where it is for the server to say what is wrong. */
function operationOf(body: unknown): OperationDefinitionNode | null {
  const { query, operationName } = isJsonObject(body) ? body : {};
  if (typeof query !== 'string') return null;
  const operations = definitionsOf(query).filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  const named = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  return named.length === 1 ? named[0]! : null;
}

const definitionsOf = (query: string) => {
  try {
    return parse(query, { noLocation: true }).definitions;
  } catch (error) {
    if (error instanceof GraphQLError) return [];
    throw error;
  }
};

/** The same variables in another order are the same request. */
const inOrder = (_key: string, value: unknown): unknown =>
  isJsonObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;

/** True for a mutation that may show a secret, which is kept nowhere. */
function answersSecret(schema: GraphQLSchema, field: string): boolean {
  const mutation = schema.getMutationType()?.getFields()[field];
  const payload = mutation && getNamedType(mutation.type);
  return isObjectType(payload) && 'secret' in payload.getFields();
}
