import type { Change } from '../../domain/event.ts';
import type { EventRow } from '../../domain/events/event-reader.ts';
import { shownChanges as shown, shownChangesOf } from '../../domain/events/shown-changes.ts';
import { isHiddenField, seesSensitive } from '../../domain/users/sensitive.ts';
import type { Fields } from '../../fields/field.ts';
import type { RequestContext } from '../request-context.ts';

/** What an event changed, as the caller may see it. */
export async function changesOf(event: EventRow, context: RequestContext) {
  // Who sees everything need not ask what is hidden.
  const known = seesSensitive(context.actor) ? {} : (await context.policy()).fields.known;
  return shownChangesOf(event, (key) => isHiddenField(context.actor, key, known));
}

/** These changes without the sensitive ones of those fields that the caller may not see. */
export const shownChanges = (changes: readonly Change[], { actor }: RequestContext, known: Fields) =>
  shown(changes, (key) => isHiddenField(actor, key, known));
