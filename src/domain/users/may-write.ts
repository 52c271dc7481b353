import type { Editor, FieldRule } from '../../fields/rule.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { owner } from '../ownership.ts';
import type { Person } from './person.ts';

const editors: Record<Editor, string> = { SELF: 'the person', MANAGER: 'their manager', ADMIN: 'admins' };

/**
 * The one answer to "may this caller edit that field of that person": null, or the refusal. Mutations, forms and SCIM
 * all ask it.
 */
export function refusalToWrite(
  rule: FieldRule,
  relation: Editor | null,
  person: Person,
  key: string,
  label: string,
): HubError | null {
  const directory = owner(rule, key, person.sources);
  if (directory) {
    const message = `${label} belongs to the directory by the rule ${rule.sourceOfTruth} and cannot be edited here.`;
    const subject = wireId('usr', person.id);
    return new HubError('FIELD_LOCKED', message, { path: [key], field: key, directoryId: directory.id, subject });
  }
  return refusalOf(relation, rule, key, label);
}

/** The part of the answer that is about the caller: what releasing a field asks too, which no owner forbids. */
export function refusalOf(relation: Editor | null, rule: FieldRule, key: string, label: string): HubError | null {
  const refused = (message: string) => new HubError('NOT_ALLOWED', message, { path: [key], field: key });
  // Whoever is named there may edit what managers may: nobody may choose them for themselves.
  if (key === 'manager' && relation === 'SELF') return refused(`Nobody edits ${label} of their own.`);
  if (relation && rule.editableBy.includes(relation)) return null;
  const named = rule.editableBy.map((editor) => editors[editor]).join(', ');
  return refused(named ? `${label} may be edited by these only: ${named}.` : `${label} may be edited by nobody.`);
}
