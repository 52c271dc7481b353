import type { Fields } from '../../fields/field.ts';
import type { FieldTable } from '../../fields/field-table.ts';
import { writtenPath } from '../../fields/written-path.ts';
import { HubError, invalid } from '../errors.ts';
import { isStorable } from '../users/check-value.ts';
import { type DirectoryPolicy, switches } from './directory-policy.ts';
import type { Switch } from './switch.ts';

const LONGEST_TEXT = 200;
const MOST_TEXTS = 100;

/** Why a switch cannot be set so; null when it can. The form of the value is the API's to check. */
export function switchProblem(name: string, value: unknown): HubError | null {
  const known: Switch = switches[name as keyof typeof switches];
  const path = ['policy', name];
  if (value === null && !(known.kind === 'number' && known.optional)) return invalid(path, `${name} cannot be null.`);
  if (known.kind === 'number' && value !== null) return numberProblem(path, name, value as number, known);
  if (known.kind === 'text') return textProblem(path, name, value as string);
  if (known.kind === 'texts') return textsProblem(path, name, value as readonly string[]);
  return null;
}

function numberProblem(path: string[], name: string, value: number, { least, most }: { least: number; most: number }) {
  return value >= least && value <= most ? null : invalid(path, `${name} must be between ${least} and ${most}.`);
}

function textProblem(path: string[], name: string, value: string): HubError | null {
  if (value.trim() === '') return new HubError('REQUIRED', `${name} must not be empty.`, { path });
  if (value.length > LONGEST_TEXT) return invalid(path, `${name} is longer than ${LONGEST_TEXT} characters.`);
  return isStorable(value) ? null : invalid(path, `${name} is not valid Unicode text.`);
}

function textsProblem(path: string[], name: string, values: readonly string[]): HubError | null {
  if (values.length > MOST_TEXTS) return invalid(path, `${name} holds more than ${MOST_TEXTS} values.`);
  return values.map((value) => textProblem(path, name, value)).find((problem) => problem !== null) ?? null;
}

/** What these values cannot mean together, or name that is not there; each with the reason. */
export function policyProblems(policy: DirectoryPolicy, { fields }: FieldTable): HubError[] {
  const problems: HubError[] = [];
  if (policy.groups === 'OFF' && policy.membershipGate)
    problems.push(
      invalid(['policy', 'membershipGate'], 'membershipGate needs groups: with groups OFF nobody would ever get in.'),
    );
  if (policy.groups === 'OFF' && policy.onLastGroupLost !== 'KEEP')
    problems.push(
      invalid(['policy', 'onLastGroupLost'], 'onLastGroupLost must be KEEP while groups are OFF: nobody is in one.'),
    );
  problems.push(...unsendable('requiredFields', policy.requiredFields, fields));
  problems.push(...unsendable('filterableFields', policy.filterableFields, fields));
  return problems;
}

const unsendable = (name: string, keys: readonly string[], fields: Fields): HubError[] =>
  keys
    .filter((key) => writtenPath(key, fields) === null)
    .map((key) => invalid(['policy', name], `${name} names ${key}, which is no field that a directory writes.`));
