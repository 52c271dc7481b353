import type { Change } from '../../domain/event.ts';
import type { EventRow } from '../../domain/events/event-reader.ts';
import { wireId } from '../../domain/ids.ts';
import { isJsonObject, type Json } from '../../domain/json.ts';
import { isHiddenField, seesSensitive } from '../../domain/users/sensitive.ts';
import type { Fields } from '../../fields/field.ts';
import type { RequestContext } from '../request-context.ts';

type Shown = Pick<Change, 'key' | 'from' | 'to'> & { shadow: boolean };

/** What an event changed, as the caller may see it. A membership tells who joined or left as the change `member`. */
export async function changesOf(event: EventRow, context: RequestContext): Promise<Shown[]> {
  // Who sees everything need not ask what is hidden.
  const known = seesSensitive(context.actor) ? {} : (await context.policy()).fields.known;
  const changes = shownChanges(event.changes, context, known);
  return event.objectId === null ? changes : [member(event.name, wireId('usr', event.objectId)), ...changes];
}

/** These changes without the sensitive ones of those fields that the caller may not see. */
export const shownChanges = (changes: readonly Change[], { actor }: RequestContext, known: Fields): Shown[] =>
  changes
    .filter(({ key }) => !isHiddenField(actor, key, known))
    .map(({ key, from, to, shadow }) => ({ key, from: onWire(from), to: onWire(to), shadow: shadow === true }));

const member = (name: string, id: string): Shown =>
  name.endsWith('.removed')
    ? { key: 'member', from: id, to: null, shadow: false }
    : { key: 'member', from: null, to: id, shadow: false };

/** Rules name directories by their stored ids, which never leave the hub. */
function onWire(value: Json): Json {
  if (!isJsonObject(value) || !Array.isArray(value.directories) || !('sourceOfTruth' in value)) return value;
  return { ...value, directories: value.directories.map((id) => wireId('dir', String(id))) };
}
