import type { Change } from '../event.ts';
import { wireId } from '../ids.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { EventRow } from './event-reader.ts';

/** A change as it leaves the hub. */
export type ShownChange = { key: string; from: Json; to: Json; shadow: boolean };

/** What an event changed, but for hidden keys. A membership tells who joined or left as the change `member`. */
export function shownChangesOf(
  { name, objectId, changes }: Pick<EventRow, 'name' | 'objectId' | 'changes'>,
  isHidden: (key: string) => boolean,
): ShownChange[] {
  const shown = shownChanges(changes, isHidden);
  return objectId === null ? shown : [member(name, wireId('usr', objectId)), ...shown];
}

/** These changes without the hidden ones. */
export const shownChanges = (changes: readonly Change[], isHidden: (key: string) => boolean): ShownChange[] =>
  changes
    .filter(({ key }) => !isHidden(key))
    .map(({ key, from, to, shadow }) => ({ key, from: onWire(from), to: onWire(to), shadow: shadow === true }));

const member = (name: string, id: string): ShownChange =>
  name.endsWith('.removed')
    ? { key: 'member', from: id, to: null, shadow: false }
    : { key: 'member', from: null, to: id, shadow: false };

/** Rules name directories by their stored ids, which never leave the hub. */
function onWire(value: Json): Json {
  if (!isJsonObject(value) || !Array.isArray(value.directories) || !('sourceOfTruth' in value)) return value;
  return { ...value, directories: value.directories.map((id) => wireId('dir', String(id))) };
}
