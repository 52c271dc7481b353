import type { Attribute, Condition } from '../../../src/domain/condition.ts';

/** Writes a condition as a filter, for round trips. */
export function print(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.terms.map((term) => `(${print(term)})`).join(` ${condition.kind} `);
    case 'not':
      return `not (${print(condition.term)})`;
    case 'present':
      return `${path(condition.attribute)} pr`;
    case 'element':
      return `${path(condition.attribute)}[${print(condition.where)}]`;
    case 'compare':
      return `${path(condition.attribute)} ${condition.op} ${JSON.stringify(condition.value)}`;
  }
}

const path = ({ steps }: Attribute): string => {
  const [first, ...more] = steps.map((step) => step.name);
  const separator = first!.startsWith('urn:') ? ':' : '.';
  return more.length === 0 ? first! : `${first}${separator}${more.join('.')}`;
};
