import type { Attribute, Condition, Step } from '../../domain/condition.ts';
import { CORE, type ResourceType } from '../schema/urns.ts';
import { matches } from './evaluate.ts';
import { locatedAt } from './location.ts';

type Compare = Extract<Condition, { kind: 'compare' }>;

const id: Attribute = { steps: [{ name: 'id', multiValued: false }], type: 'string', caseExact: true };
const always: Condition = { kind: 'present', attribute: id };
const never: Condition = { kind: 'not', term: always };
const constant = (isTrue: boolean): Condition => (isTrue ? always : never);

/** Lists of references, and where what they refer to is. */
const referring = new Map([
  ['members', 'Users'],
  ['groups', 'Groups'],
]);

/**
 * The same question without what storage does not hold: the kind of a resource and its first namespace are the same for
 * all, addresses follow from ids. `list` is the attribute whose elements are asked, inside brackets.
 */
export function settle(condition: Condition, resourceType: ResourceType, baseUrl: string, list = ''): Condition {
  const again = (inner: Condition, of = list) => settle(inner, resourceType, baseUrl, of);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return { kind: condition.kind, terms: condition.terms.map((term) => again(term)) };
    case 'not':
      return { kind: 'not', term: again(condition.term) };
    case 'element':
      return { ...condition, where: again(condition.where, pathOf(condition.attribute)) };
    case 'present':
      return settledPresence(condition.attribute, list) ?? condition;
    case 'compare':
      if (condition.op === 'ne') return { kind: 'not', term: again({ ...condition, op: 'eq' }) };
      return settledComparison(condition, resourceType, baseUrl, list) ?? condition;
  }
}

function settledPresence(attribute: Attribute, list: string): Condition | null {
  const [first] = attribute.steps;
  if (list === '' && (first?.name === 'meta' || first?.name === 'schemas')) return always;
  const value = referredValue(attribute, list);
  return value && { kind: 'present', attribute: value.attribute };
}

function settledComparison(
  condition: Compare,
  resourceType: ResourceType,
  baseUrl: string,
  list: string,
): Condition | null {
  const { attribute, op, value } = condition;
  if (list === '') {
    const path = pathOf(attribute);
    if (path === 'meta.resourceType') return constant(matches(condition, { meta: { resourceType } }, resourceType));
    if (path === 'meta.location') return locatedAt(`${baseUrl}/${resourceType}s/`, op, String(value), id);
    if (path === 'schemas') {
      const isCore = matches(condition, { schemas: [CORE[resourceType]] }, resourceType);
      return { kind: 'or', terms: [constant(isCore), condition] };
    }
  }
  const referred = referredValue(attribute, list);
  return referred && locatedAt(`${baseUrl}/${referred.place}/`, op, String(value), referred.attribute);
}

/** The `value` beside a `$ref`, with the place that the address names. */
function referredValue(attribute: Attribute, list: string): { attribute: Attribute; place: string } | null {
  const last = attribute.steps.at(-1);
  const place = referring.get(list === '' ? attribute.steps[0]!.name : list);
  if (last?.name !== '$ref' || !place) return null;
  const steps: Step[] = [...attribute.steps.slice(0, -1), { ...last, name: 'value' }];
  return { attribute: { steps, type: 'string', caseExact: true }, place };
}

const pathOf = (attribute: Attribute): string => attribute.steps.map((step) => step.name).join('.');
