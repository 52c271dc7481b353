import type { Editor, FieldRule } from '../../fields/rule.ts';
import { type UserFieldKey, userFields } from '../../fields/user.fields.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { owner } from '../ownership.ts';
import type { Person } from './person.ts';

/**
 * The one answer to "may this caller edit that field of that person": null, or the refusal. Mutations, forms and SCIM
 * all ask it.
 */
export function refusalToWrite(rule: FieldRule, relation: Editor, person: Person, key: UserFieldKey): HubError | null {
  const { label } = userFields[key];
  const directory = owner(rule, key, person.sources);
  if (directory) {
    const message = `${label} belongs to the directory and cannot be edited here.`;
    const subject = wireId('usr', person.id);
    return new HubError('FIELD_LOCKED', message, { path: [key], field: key, directoryId: directory.id, subject });
  }
  if (!rule.editableBy.includes(relation)) {
    return new HubError('NOT_ALLOWED', `${label} may not be edited by this caller.`, { path: [key], field: key });
  }
  return null;
}
