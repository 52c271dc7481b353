import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

/** What is selected below a field: names of fields, whatever their alias, type condition or directives. */
export type Selection = {
  /** Directly below it. */
  readonly names: ReadonlySet<string>;
  /** Below its `nodes` and `edges.node`, when it is a connection. */
  readonly nodes: ReadonlySet<string>;
};

/** Resolve info as the compiled query hands it over; the selection was found once, when the query was compiled. */
export type Info = GraphQLResolveInfo & { readonly selection: Selection };

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** The selection of a field, for every call of the compiled query. */
export function selectionOf(fieldNodes: readonly FieldNode[], fragments: Fragments): Selection {
  const below = fieldsBelow(fieldNodes, fragments);
  const edges = below.filter((field) => field.name.value === 'edges');
  const nodes = [
    ...below.filter((field) => field.name.value === 'nodes'),
    ...fieldsBelow(edges, fragments).filter((field) => field.name.value === 'node'),
  ];
  return { names: namesOf(below), nodes: namesOf(fieldsBelow(nodes, fragments)) };
}

const namesOf = (fields: readonly FieldNode[]): ReadonlySet<string> => new Set(fields.map((field) => field.name.value));

function fieldsBelow(parents: readonly FieldNode[], fragments: Fragments): FieldNode[] {
  const fields: FieldNode[] = [];
  const seen = new Set<string>();
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'Field') fields.push(selection);
      else if (selection.kind === 'InlineFragment') walk(selection.selectionSet);
      else if (!seen.has(selection.name.value)) {
        seen.add(selection.name.value);
        walk(fragments[selection.name.value]?.selectionSet);
      }
    }
  };
  for (const parent of parents) walk(parent.selectionSet);
  return fields;
}
