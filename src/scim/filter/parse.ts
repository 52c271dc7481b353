import type { Attribute, CompareOp, Condition } from '../../domain/condition.ts';
import { invalidFilter, shown } from '../faults.ts';
import { type Definition, subAttribute } from '../schema/definition.ts';
import type { ResourceType } from '../schema/urns.ts';
import { Lexer } from './lexer.ts';
import { isNull, literalOf } from './literal.ts';
import { elementScope, type Named, resourceScope, type Scope, searchableElementScope } from './scope.ts';

const MAX_DEPTH = 20;
const operators: ReadonlySet<string> = new Set<CompareOp>(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le']);
const isOperator = (word: string): word is CompareOp => operators.has(word);

/** Parses a filter on resources of that kind (RFC 7644 §3.4.2.2). Throws invalidFilter; never answers half a filter. */
export function parseFilter(resourceType: ResourceType, text: string, scope = resourceScope(resourceType)): Condition {
  const lexer = new Lexer(text);
  const parser = new Parser(lexer, searchableElementScope);
  const condition = parser.or(scope, 0);
  if (lexer.peek() !== '') throw lexer.fault('there is more than one filter');
  return condition;
}

/**
 * Parses the brackets of a PATCH path, from after the `[` at `start` to after the `]`. `list` is the attribute before
 * them, null for one that is kept as sent.
 */
export function parseBrackets(list: Definition | null, text: string, start: number): { where: Condition; end: number } {
  const lexer = new Lexer(text, start);
  const where = new Parser(lexer, elementScope).or(elementScope(list), 1);
  if (!lexer.take(']')) throw lexer.fault('a bracket is not closed');
  return { where, end: lexer.position };
}

/** Recursive descent, one method a rule; `and` binds closer than `or`. Depth is counted, so the stack is bounded. */
class Parser {
  readonly #lexer: Lexer;
  readonly #inside: (list: Definition | null) => Scope;

  constructor(lexer: Lexer, inside: (list: Definition | null) => Scope) {
    this.#lexer = lexer;
    this.#inside = inside;
  }

  or(scope: Scope, depth: number): Condition {
    if (depth > MAX_DEPTH) throw invalidFilter(`A filter nests at most ${MAX_DEPTH} deep.`);
    const terms = [this.#and(scope, depth)];
    while (this.#keyword('or')) terms.push(this.#and(scope, depth));
    return terms.length === 1 ? terms[0]! : { kind: 'or', terms };
  }

  #and(scope: Scope, depth: number): Condition {
    const terms = [this.#term(scope, depth)];
    while (this.#keyword('and')) terms.push(this.#term(scope, depth));
    return terms.length === 1 ? terms[0]! : { kind: 'and', terms };
  }

  #term(scope: Scope, depth: number): Condition {
    if (this.#lexer.take('(')) return this.#group(scope, depth);
    const name = this.#lexer.word();
    if (name === '') throw this.#lexer.fault('an attribute is missing');
    if (name.toLowerCase() === 'not' && this.#lexer.take('(')) return { kind: 'not', term: this.#group(scope, depth) };
    const named = scope(name);
    if (this.#lexer.take('[', true)) return this.#element(named, name, depth);
    return this.#comparison(named, name);
  }

  #group(scope: Scope, depth: number): Condition {
    const condition = this.or(scope, depth + 1);
    if (!this.#lexer.take(')')) throw this.#lexer.fault('a parenthesis is not closed');
    return condition;
  }

  /** `emails[…]`, or Entra's `emails[…].value eq "x"`: the same element satisfies both. */
  #element({ attribute, definition }: Named, name: string, depth: number): Condition {
    if (definition && !(definition.multiValued && definition.subAttributes)) {
      throw invalidFilter(`${shown(name)} has no elements to choose from.`);
    }
    const scope = this.#inside(definition);
    const where = this.or(scope, depth + 1);
    if (!this.#lexer.take(']')) throw this.#lexer.fault('a bracket is not closed');
    const list = definition ? attribute : asList(attribute);
    if (!this.#lexer.take('.', true)) return { kind: 'element', attribute: list, where };
    const part = this.#lexer.word();
    const term = this.#comparison(scope(part), part);
    return { kind: 'element', attribute: list, where: { kind: 'and', terms: [where, term] } };
  }

  #comparison(named: Named, name: string): Condition {
    const op = this.#lexer.word().toLowerCase();
    if (op === 'pr') return { kind: 'present', attribute: named.attribute };
    if (!isOperator(op)) throw this.#lexer.fault(`${shown(op)} is not an operator`);
    const token = this.#lexer.value();
    if (isNull(token)) {
      if (op !== 'eq' && op !== 'ne') throw invalidFilter(`${op} cannot be asked of null.`);
      const present: Condition = { kind: 'present', attribute: named.attribute };
      return op === 'ne' ? present : { kind: 'not', term: present };
    }
    const { attribute, definition } = comparedPart(named);
    return { kind: 'compare', attribute, op, value: literalOf(definition, name, op, token) };
  }

  #keyword(word: string): boolean {
    if (this.#lexer.peekWord() !== word) return false;
    this.#lexer.word();
    return true;
  }
}

/** `members eq "x"` and `manager eq "x"` mean the value of the member and of the manager (entra.md B24, C13). */
function comparedPart(named: Named): Named {
  const value = named.definition && subAttribute(named.definition, 'value');
  if (!value) return named;
  const steps = [...named.attribute.steps, { name: value.name, multiValued: false }];
  return { attribute: { steps, type: value.type, caseExact: value.caseExact }, definition: value };
}

/** An attribute that is kept as sent is a list when a filter chooses among its elements. */
const asList = (attribute: Attribute): Attribute => ({
  ...attribute,
  type: 'complex',
  steps: attribute.steps.map((step, index) =>
    index === attribute.steps.length - 1 ? { ...step, multiValued: true } : step,
  ),
});
