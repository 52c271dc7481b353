import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isCompositeType,
  isUnionType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type FieldCost, fieldCost } from './field-cost.ts';
import { once, pointsAt, type SelectionCost, sum } from './points.ts';

/** The cost of an operation in points, from coerced variables. */
export type Cost = (variables: Readonly<Record<string, unknown>>) => number;

const nothing: SelectionCost = { once: 0, each: 0 };

/**
 * The cost rule of a valid operation. What `first` multiplies is found once for a document, and each fragment once,
 * however often it is spread, so the work is linear in the document (CVE-2026-34573). What a directive may leave out
 * counts, and of an object that may be of several types everything that is written.
 */
export function costOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const root = schema.getRootType(operation.operation)!;
  const { once: points } = measureWith(schema, document)(root, operation.selectionSet);
  if (typeof points === 'number') return () => points;
  return (variables) => pointsAt(points, { variables, known: new Map() });
}

function measureWith(schema: GraphQLSchema, document: DocumentNode) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, SelectionCost>();

  const measure = (type: GraphQLCompositeType, set: SelectionSetNode): SelectionCost => {
    const parts: SelectionCost[] = set.selections.map((selection) => {
      if (selection.kind === 'FragmentSpread') return fragment(selection.name.value);
      if (selection.kind === 'InlineFragment') {
        const condition = selection.typeCondition;
        return measure(condition ? composite(condition.name.value) : type, selection.selectionSet);
      }
      const below = (of: GraphQLCompositeType) =>
        selection.selectionSet ? measure(of, selection.selectionSet) : nothing;
      const field: FieldCost = {
        schema,
        parent: type,
        field: isUnionType(type) ? undefined : type.getFields()[selection.name.value],
        node: selection,
        below,
      };
      return fieldCost(field);
    });
    return { once: sum(parts.map((part) => part.once)), each: sum(parts.map((part) => part.each)) };
  };
  const composite = (name: string): GraphQLCompositeType => {
    const type = schema.getType(name);
    if (!isCompositeType(type)) throw new Error(`The query was not validated: ${name} has no fields.`);
    return type;
  };
  const fragment = (name: string): SelectionCost => {
    const known = measured.get(name);
    if (known) return known;
    const definition = fragments.get(name)!;
    const found = measure(composite(definition.typeCondition.name.value), definition.selectionSet);
    const cost = { once: once(found.once), each: once(found.each) };
    measured.set(name, cost);
    return cost;
  };
  return measure;
}
