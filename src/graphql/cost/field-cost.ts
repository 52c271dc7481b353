import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
} from 'graphql';
import { MOST_LISTED, USUALLY_LISTED } from '../page/cursor.ts';
import { type Points, type SelectionCost, sum, times } from './points.ts';
import { ownPrices, prices, USUAL_LENGTH } from './prices.ts';

/** A field where it is selected. `field` is missing for `__typename` and the fields of introspection. */
export type FieldCost = {
  schema: GraphQLSchema;
  parent: GraphQLCompositeType;
  field: GraphQLField<unknown, unknown> | undefined;
  node: FieldNode;
  /** What is selected below it, on that type. */
  below: (type: GraphQLCompositeType) => SelectionCost;
};

/** What a field costs with what is below it. */
export function fieldCost({ schema, parent, field, node, below }: FieldCost): SelectionCost {
  // Introspection reads no rows, and its depth has a bound of its own.
  if (!field) return { once: ownPrices.get(node.name.value) ?? 0, each: 0 };
  const type = getNamedType(field.type);
  const own = priceOf(schema, parent, field);
  if (!isCompositeType(type)) return { once: own, each: 0 };
  const inner = below(type);
  // A connection's page is what `edges` and `nodes` are of: as long as the connection was asked for.
  if (parent.name.endsWith('Connection') && (field.name === 'edges' || field.name === 'nodes')) {
    return { once: own, each: inner.once };
  }
  const length = lengthOf(field, node);
  const items = isListType(getNullableType(field.type)) ? times(length ?? USUAL_LENGTH, inner.once) : inner.once;
  return { once: sum([own, items, length === null ? inner.each : times(length, inner.each)]), each: 0 };
}

function priceOf(schema: GraphQLSchema, parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): number {
  if (parent === schema.getSubscriptionType()) return 0; // Its events are read by the page, which the stream pays.
  if (parent === schema.getMutationType()) return ownPrices.get(field.name) ?? prices.mutation;
  if (parent === schema.getQueryType()) return ownPrices.get(field.name) ?? prices.question;
  return field.resolve && isCompositeType(getNamedType(field.type)) ? prices.question : 0;
}

/** How many `first` asks for; null where the field does not take it. */
function lengthOf(field: GraphQLField<unknown, unknown>, node: FieldNode): Points | null {
  const first = field.args.find((arg) => arg.name === 'first');
  if (!first) return null;
  const given = node.arguments?.find((argument) => argument.name.value === 'first');
  const unless = bounded(first.defaultValue);
  return given ? asked(given, unless) : unless;
}

function asked({ value }: ArgumentNode, unless: number): Points {
  if (value.kind === 'Variable') {
    const name = value.name.value;
    return ({ variables }) => (variables[name] === undefined ? unless : bounded(variables[name]));
  }
  return bounded(value.kind === 'IntValue' ? Number(value.value) : null);
}

/** A page that is longer than any is refused by the list itself, which can say so better. */
const bounded = (first: unknown): number =>
  typeof first === 'number' ? Math.min(Math.max(first, 1), MOST_LISTED) : USUALLY_LISTED;
