import type { Field } from '../../fields/field.ts';
import { userFields } from '../../fields/user.fields.ts';
import { type Actor, demand, demandAny } from '../actor.ts';
import { invalid } from '../errors.ts';
import { fittingValue } from '../fields/fitting-value.ts';
import { isStorable } from './check-value.ts';
import { seesSensitive } from './sensitive.ts';
import { conditionsIn, type TextTest, type UserCondition } from './user-condition.ts';
import type { Sight } from './user-reader.ts';

const MOST_CONDITIONS = 50;
const DEEPEST = 5;
const LONGEST_LIST = 100;

/** Whom the actor sees by id: hidden and deleted people are for admins. */
export function sightOf(actor: Actor): Sight {
  const isAdmin = actor.scopes.has('tenants:admin');
  return { hidden: isAdmin, deleted: isAdmin };
}

/**
 * Whom the actor sees in a list under that condition. Lists leave out hidden and deleted people unless the condition
 * asks for them, which takes an admin's scope. Refuses conditions that are too large or that would tell of a sensitive
 * field.
 */
export function sightUnder(actor: Actor, where: UserCondition | null): Sight {
  const sight = { hidden: false, deleted: false };
  if (!where) return sight;
  if (depthOf(where) > DEEPEST) throw invalid(['where'], `where is nested deeper than ${DEEPEST} levels.`);
  let count = 0;
  for (const condition of conditionsIn(where)) {
    if (++count > MOST_CONDITIONS) throw invalid(['where'], `where holds more than ${MOST_CONDITIONS} conditions.`);
    if (condition.kind === 'visible') {
      demand(actor, 'tenants:admin');
      sight.hidden = true;
    }
    if (condition.kind === 'status' && condition.in.includes('DELETED')) {
      demandAny(actor, ['users:erase', 'tenants:admin']);
      sight.deleted = true;
    }
    if (condition.kind === 'text') checkText(actor, condition);
    if (condition.kind === 'custom') checkCustom(actor, condition);
  }
  return sight;
}

function checkText(actor: Actor, { field, test }: Extract<UserCondition, { kind: 'text' }>): void {
  checkTest(test, field);
  if (field === 'userName') return;
  if (userFields[field].multiValued || userFields[field].type === 'ADDRESS') {
    throw invalid(['where', field], `People cannot be listed by ${field}.`);
  }
  demandSight(actor, userFields[field]);
}

function checkCustom(actor: Actor, { field, test }: Extract<UserCondition, { kind: 'custom' }>): void {
  demandSight(actor, field);
  checkTest(test, field.key);
  const { eq, in: list = [], min, max, startsWith, contains } = test;
  const isText = !['BOOLEAN', 'INTEGER', 'DATETIME'].includes(field.type);
  if (!isText && (startsWith !== undefined || contains !== undefined))
    throw invalid(['where', field.key], `${field.key} is no text, so startsWith and contains cannot be asked of it.`);
  for (const text of [eq, min, max, ...list]) {
    if (text === undefined || (isText && isStorable(text)) || fittingValue(field, text) !== undefined) continue;
    throw invalid(['where', field.key], `${field.key} is compared with a text that is no ${field.type}.`);
  }
}

/** Refuses to list people by a sensitive field to a caller who may not be shown it. */
export function demandSight(actor: Actor, { sensitive }: Pick<Field, 'sensitive'>): void {
  if (sensitive && !seesSensitive(actor)) demand(actor, 'users:read.sensitive');
}

/** Refuses a test that is too long, or of text that cannot be stored. */
export function checkTest(test: TextTest, field: string): void {
  const { eq = '', in: list = [], startsWith = '', contains = '' } = test;
  if (list.length > LONGEST_LIST) throw invalid(['where', field, 'in'], `in holds more than ${LONGEST_LIST} values.`);
  if ([eq, startsWith, contains, ...list].every(isStorable)) return;
  throw invalid(['where', field], `${field} is compared with text that is not valid Unicode.`);
}

/** Levels of and, or and not, plain conditions being one. */
function depthOf(condition: UserCondition): number {
  if (condition.kind === 'not') return 1 + depthOf(condition.term);
  if (!('terms' in condition)) return 1;
  return 1 + Math.max(0, ...condition.terms.map(depthOf));
}
