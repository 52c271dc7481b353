import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** The largest query that is read at all, in characters. */
const LONGEST = 20_000;
const MOST_TOKENS = 1_000;
const DEEPEST = 12;
/** Introspection walks through wrapped types, one level for each. */
const DEEPEST_INTROSPECTION = 20;
const MOST_ALIASES = 15;
const MOST_DIRECTIVES = 10;
/** Fields after every fragment is written out, so that fragments of fragments multiply nothing. */
const MOST_FIELDS = 1_000;

/** What a selection amounts to with its fragments written out. */
type Size = { depth: number; fields: number; aliases: number; directives: number };

/** Parses a query; throws a GraphQLError for one that is larger than any that is meant well, before it is validated. */
export function parseWithin(query: string): DocumentNode {
  if (query.length > LONGEST) throw tooLarge(`longer than ${LONGEST} characters`);
  const document = parse(query, { maxTokens: MOST_TOKENS });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === 'FragmentDefinition') fragments.set(definition.name.value, definition);
    if (definition.kind === 'OperationDefinition') operations.push(definition);
  }
  const measure = measureWith(fragments);
  for (const { selectionSet, directives } of operations) {
    const size = measure(selectionSet);
    if (size.depth > DEEPEST) throw tooLarge(`nested deeper than ${DEEPEST} levels`);
    if (size.aliases > MOST_ALIASES) throw tooLarge(`holding more than ${MOST_ALIASES} aliases`);
    if (size.directives + (directives?.length ?? 0) > MOST_DIRECTIVES) {
      throw tooLarge(`holding more than ${MOST_DIRECTIVES} directives`);
    }
    if (size.fields > MOST_FIELDS) throw tooLarge(`selecting more than ${MOST_FIELDS} fields`);
  }
  return document;
}

const tooLarge = (what: string) =>
  new GraphQLError(`The query is refused for being ${what}.`, { extensions: { code: 'QUERY_TOO_LARGE' } });

/** Each fragment is measured once; one that leads to itself counts as too deep. */
function measureWith(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const measured = new Map<string, Size>();
  const measure = (set: SelectionSetNode): Size => {
    const total: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 };
    for (const selection of set.selections) {
      const inner =
        selection.kind === 'FragmentSpread'
          ? fragment(selection.name.value)
          : selection.selectionSet
            ? measure(selection.selectionSet)
            : empty;
      const isField = selection.kind === 'Field';
      const isAliased = isField && selection.alias && selection.alias.value !== selection.name.value;
      total.depth = Math.max(total.depth, isField ? levels(selection.name.value, inner.depth) : inner.depth);
      total.fields += inner.fields + (isField ? 1 : 0);
      total.aliases += inner.aliases + (isAliased ? 1 : 0);
      total.directives += inner.directives + (selection.directives?.length ?? 0);
    }
    return total;
  };
  const fragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, { ...empty, depth: DEEPEST_INTROSPECTION + 1 });
    const definition = fragments.get(name);
    const size = definition ? measure(definition.selectionSet) : empty;
    measured.set(name, size);
    return size;
  };
  return measure;
}

const empty: Size = { depth: 0, fields: 0, aliases: 0, directives: 0 };

/** Levels of a field with what is below it. Introspection, which reads no rows, has a bound of its own. */
function levels(name: string, below: number): number {
  if (name !== '__schema' && name !== '__type') return below + 1;
  return below > DEEPEST_INTROSPECTION ? below : 1;
}
