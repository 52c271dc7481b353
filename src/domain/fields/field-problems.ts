import type { CustomField } from '../../fields/custom-field.ts';
import type { Fields } from '../../fields/field.ts';
import type { FieldTable } from '../../fields/field-table.ts';
import { pathProblem } from '../../fields/scim-path.ts';
import { isUserFieldKey } from '../../fields/user.fields.ts';
import { HubError, invalid } from '../errors.ts';
import { isStorable } from '../users/check-value.ts';

const KEY = /^[a-z][A-Za-z0-9]{0,63}$/;
const LONGEST_LABEL = 200;
const MOST_FIELDS = 200;

/** What a person has besides fields, and events say by that name. */
const taken = ['id', 'version', 'kind', 'status', 'visible', 'userName', 'active', 'externalId', 'member', 'lock'];

/** The problem with the key of a new field, or null. */
export function keyProblem(key: string, { custom }: FieldTable): HubError | null {
  if (!KEY.test(key) || key in {})
    return invalid(['key'], 'key must begin with a small letter and hold letters and digits only, at most 64.');
  const isStandard =
    isUserFieldKey(key) || taken.includes(key) || ['groups', 'roles', 'teams', 'manager'].includes(key);
  if (isStandard) return new HubError('NOT_UNIQUE', `${key} is the key of a standard field.`, { path: ['key'] });
  if (custom.some((field) => field.key === key))
    return new HubError('NOT_UNIQUE', `There is a field ${key} already.`, { path: ['key'] });
  return custom.length >= MOST_FIELDS
    ? invalid(['key'], `A tenant has at most ${MOST_FIELDS} fields of its own.`)
    : null;
}

/** The problem with the label, or null. */
export function labelProblem(label: string): HubError | null {
  if (label.trim() === '') return new HubError('REQUIRED', 'label must not be empty.', { path: ['label'] });
  return label.length <= LONGEST_LABEL && isStorable(label)
    ? null
    : invalid(['label'], `label must be text of at most ${LONGEST_LABEL} characters.`);
}

/** The problem with a path for the field of that key, or null. */
export function scimProblem(scim: string | undefined, key: string, { fields }: FieldTable): HubError | null {
  if (scim === undefined) return null;
  const others: Fields = Object.fromEntries(Object.entries(fields).filter(([other]) => other !== key));
  const problem = pathProblem(scim, others);
  return problem === null ? null : invalid(['scimPath'], `scimPath ${scim.slice(0, 100)} ${problem}.`);
}

/** What an event says of a field. */
export const facts = ({ key, label, type, scim, sensitive }: CustomField) => ({
  key,
  label,
  type,
  scimPath: scim ?? null,
  sensitive,
});
