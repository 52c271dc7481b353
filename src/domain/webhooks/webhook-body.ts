import type { Fields } from '../../fields/field.ts';
import { eventCursor } from '../events/event-cursor.ts';
import type { EventRow } from '../events/event-reader.ts';
import { shownChangesOf } from '../events/shown-changes.ts';
import { wireId } from '../ids.ts';

/** What is posted of an event. Of values that are sensitive under those fields it tells nothing, whoever made the webhook. */
export function webhookBody(event: EventRow, fields: Fields): string {
  const { name, at, actor, requestId, subjectKind, subjectId } = event;
  const isHidden = (key: string) => Object.hasOwn(fields, key) && fields[key]!.sensitive;
  const data = {
    cursor: eventCursor(event),
    subjectId: wireId(subjectKind, subjectId),
    actor,
    requestId,
    changes: shownChangesOf(event, isHidden),
  };
  return JSON.stringify({ type: name, timestamp: at, data });
}
