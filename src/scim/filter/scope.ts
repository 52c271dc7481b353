import type { Attribute, Step } from '../../domain/condition.ts';
import { invalidFilter, ScimFault, shown } from '../faults.ts';
import { type Definition, subAttribute } from '../schema/definition.ts';
import { isForbiddenName, resolveAttribute, standardTables, type Tables } from '../schema/resolve.ts';
import { CORE, isUrn, type ResourceType } from '../schema/urns.ts';

/** An attribute that a filter names, with what is known of it; `definition` is null for one that is kept as sent. */
export type Named = { readonly attribute: Attribute; readonly definition: Definition | null };

/** What the names in a filter, or in the brackets of a value path, mean. */
export type Scope = (name: string) => Named;

const NAME = /^[A-Za-z$_][A-Za-z0-9$_-]*$/;

/** True for what can be the name of an attribute or of a part of one (RFC 7643 §2.1, and `_`). */
export const isName = (text: string): boolean => NAME.test(text) && !isForbiddenName(text);

/**
 * Names in a filter on whole resources. Throws invalidFilter for what the server cannot answer exactly: unknown names
 * without a namespace, and what it does not store (entra.md B5).
 */
export const resourceScope =
  (resourceType: ResourceType, tables = standardTables): Scope =>
  (name) => {
    const found = resolve(resourceType, name, tables);
    const { schema, definition, sub } = found;
    const known = definition ? !sub || sub.definition !== null : isUrn(name);
    const searchable = definition?.searchable !== false && sub?.definition?.searchable !== false;
    if (!known || !searchable) throw invalidFilter(`Filters cannot ask for ${shown(name)}.`);
    const steps: Step[] = [{ name: found.name, multiValued: definition?.multiValued ?? false }];
    if (schema !== null) steps.unshift({ name: schema, multiValued: false });
    if (!sub) return named(steps, definition);
    return named([...steps, { name: sub.name, multiValued: false }], sub.definition);
  };

/**
 * Names in a filter on resources of all kinds at once (RFC 7644 §3.4.2.1): what only another kind has, matches nothing in
 * this one.
 */
export const anyScope =
  (resourceType: ResourceType, tables = standardTables): Scope =>
  (name) => {
    try {
      return resourceScope(resourceType, tables)(name);
    } catch (error) {
      if (!(error instanceof ScimFault)) throw error;
    }
    const { attribute, definition } = resourceScope(resourceType === 'User' ? 'Group' : 'User', tables)(name);
    // No attribute of a record has an empty name.
    return { attribute: { ...attribute, steps: attribute.steps.map((step) => ({ ...step, name: '' })) }, definition };
  };

/** Names in the brackets after that attribute: its parts; of an attribute kept as sent, any. */
export const elementScope =
  (list: Definition | null): Scope =>
  (name) => {
    const definition = list && subAttribute(list, name);
    if (definition) return named([{ name: definition.name, multiValued: false }], definition);
    if (list?.searchable === false || !isName(name))
      throw invalidFilter(`There is no ${shown(name)} in this attribute.`);
    return named([{ name, multiValued: false }], null);
  };

/** The same, but only with the parts that filters on whole resources can ask for. */
export const searchableElementScope =
  (list: Definition | null): Scope =>
  (name) => {
    const found = elementScope(list)(name);
    if ((list && !found.definition) || found.definition?.searchable === false) {
      throw invalidFilter(`Filters cannot ask for ${shown(name)}.`);
    }
    return found;
  };

function resolve(resourceType: ResourceType, name: string, tables: Tables) {
  const tail = isUrn(name) ? name.slice(name.lastIndexOf(':') + 1) : name;
  try {
    const found = resolveAttribute(resourceType, name, tables);
    if (found.kind === 'attribute' && tail.split('.').every(isName)) return found;
  } catch (error) {
    if (!(error instanceof ScimFault)) throw error;
  }
  throw invalidFilter(`${shown(name)} is not an attribute of ${CORE[resourceType]}.`);
}

const named = (steps: Step[], definition: Definition | null): Named => ({
  attribute: { steps, type: definition?.type ?? 'string', caseExact: definition?.caseExact ?? false },
  definition,
});
