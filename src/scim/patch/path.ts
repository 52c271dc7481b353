import type { Condition } from '../../domain/condition.ts';
import { invalidPath, ScimFault, shownPath } from '../faults.ts';
import { parseBrackets } from '../filter/parse.ts';
import { isName } from '../filter/scope.ts';
import { type AttributeRef, resolveAttribute, resolveSub, type SchemaRef, standardTables } from '../schema/resolve.ts';
import type { ResourceType } from '../schema/urns.ts';

/** What an operation is about: a namespace, or an attribute with the elements of it that `where` chooses. */
export type Path = { readonly ref: AttributeRef | SchemaRef; readonly where: Condition | null };

const MAX_LENGTH = 4096;

/** Parses the path of an operation (RFC 7644 §3.5.2, figure 7). Throws invalidPath. */
export function parsePath(resourceType: ResourceType, given: string, tables = standardTables): Path {
  const text = given.trim();
  if (text.length > MAX_LENGTH) throw invalidPath(`A path has at most ${MAX_LENGTH} characters.`);
  const bracket = text.indexOf('[');
  const ref = resolveAttribute(resourceType, bracket < 0 ? text : text.slice(0, bracket), tables);
  if (!isWellNamed(ref)) throw unreadable(text);
  // What clients cannot write is refused for that, whatever stands in the brackets.
  if (bracket < 0 || (ref.kind === 'attribute' && ref.definition?.mutability === 'readOnly'))
    return { ref, where: null };
  return parseValuePath(ref, text, bracket + 1);
}

function parseValuePath(ref: AttributeRef | SchemaRef, text: string, start: number): Path {
  if (ref.kind === 'schema' || ref.sub) throw unreadable(text);
  const { definition } = ref;
  if (definition && !(definition.multiValued && definition.subAttributes)) {
    throw invalidPath(`${ref.name} has no elements to choose from.`);
  }
  const { where, end } = brackets(ref, text, start);
  const rest = text.slice(end);
  if (rest === '') return { ref, where };
  if (!rest.startsWith('.') || !isName(rest.slice(1))) throw unreadable(text);
  return { ref: { ...ref, sub: resolveSub(definition, rest.slice(1)) }, where };
}

function brackets({ definition }: AttributeRef, text: string, start: number) {
  try {
    return parseBrackets(definition, text, start);
  } catch (error) {
    throw error instanceof ScimFault ? invalidPath(error.detail) : error;
  }
}

function isWellNamed(ref: AttributeRef | SchemaRef): boolean {
  if (ref.schema !== null && !/^[\x21-\x7e]+$/.test(ref.schema)) return false;
  if (ref.kind === 'schema') return true;
  return isName(ref.name) && (ref.sub === null || ref.sub.name.split('.').every(isName));
}

const unreadable = (text: string) => invalidPath(`The path ${shownPath(text)} does not parse.`);
