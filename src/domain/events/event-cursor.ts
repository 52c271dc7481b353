import type { EventPlace } from './event-reader.ts';

/** The cursor of an event, as lists of the log and webhooks give it. */
export const eventCursor = ({ xact, seq }: EventPlace): string =>
  Buffer.from(JSON.stringify(['events', xact, seq])).toString('base64url');

/** The place that such a cursor names, or null. */
export function placeOfCursor(cursor: string): EventPlace | null {
  if (cursor.length > 200) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  const match = /^\["events","(\d{1,18})","(\d{1,18})"\]$/.exec(text);
  return match && { xact: match[1]!, seq: match[2]! };
}
