import { demand } from '../../domain/actor.ts';
import { invalid } from '../../domain/errors.ts';
import { type Claim, rank } from '../../domain/ownership.ts';
import { fieldOf, type Policy, ruleOf } from '../../domain/policy.ts';
import { type Editing, refusalToEdit } from '../../domain/users/may-edit.ts';
import type { Person } from '../../domain/users/person.ts';
import { isHiddenField } from '../../domain/users/sensitive.ts';
import type { RequestContext } from '../request-context.ts';
import { definitionRow, ruleRow, type SourceRow } from './field-rows.ts';

/** The fields that were asked for and that the caller may see; refuses a key that names none. */
export function wantedKeys(
  context: RequestContext,
  keys: readonly string[] | null | undefined,
  policy: Policy,
): string[] {
  const wanted = keys ? [...new Set(keys)] : policy.fields.keys;
  const unknown = wanted.find((key) => fieldOf(policy, key) === null);
  if (unknown !== undefined) throw invalid(['keys'], `There is no field ${unknown}.`);
  return wanted.filter((key) => !isHiddenField(context.actor, key, policy.fields.known));
}

/** The field of that key; refuses one that there is not, or that the caller may not see. */
export function demandVisible({ actor }: RequestContext, key: string, policy: Policy): void {
  if (fieldOf(policy, key) === null) throw invalid(['key'], `There is no field ${key}.`);
  if (isHiddenField(actor, key, policy.fields.known)) demand(actor, 'users:read.sensitive');
}

/** What is said of one field of a person, and by whom. */
export function stateOf(editing: Editing, person: Person, key: string, policy: Policy) {
  const [winner, ...shadowed] = rank(ruleOf(policy, key), key, person.sources);
  return {
    definition: definitionRow(policy, key),
    value: person.values[key] ?? null,
    rule: ruleRow(policy, key),
    winner: winner ? assertionOf(winner) : null,
    shadowed: shadowed.map(assertionOf),
    viewerCanEdit: refusalToEdit(editing, person, key, policy) === null,
  };
}

function assertionOf({ source, cell }: Claim) {
  const write = source.writes[cell.write]!;
  const row: SourceRow = { kind: source.kind, directoryId: source.kind === 'DIRECTORY' ? source.id : null };
  return { value: cell.value, source: row, at: write.at, actor: write.actor, requestId: write.request };
}
