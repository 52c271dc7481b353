import type { EventPlace, EventRow } from '../../domain/events/event-reader.ts';
import type { Page } from '../../domain/page.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, sliceOf } from '../page/cursor.ts';
import { inOrder, pagesWithin, sliceName } from '../page/many.ts';
import type { LogPageArgs, PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';

/** The log runs from the oldest on. */
export const logOrder: ListOrder = { name: 'events', parts: ['number', 'number'] };
/** A history runs from the newest back. */
const historyOrder: ListOrder = { name: 'history', parts: ['number', 'number'] };

type Names = readonly string[] | null;

const uncounted = () => Promise.reject(new Error('The log is not counted.'));

/** A page of the log. */
export async function listEvents(context: RequestContext, args: LogPageArgs, names: Names, selection: Selection) {
  const slice = sliceOf(args, logOrder, selection);
  return new Connection(await context.reads.events.list(names, slice), slice, logOrder, uncounted);
}

/** A page of what happened to the person of that stored id. */
export async function loadHistory(context: RequestContext, userId: string, args: PageArgs, selection: Selection) {
  const slice = sliceOf(args, historyOrder, selection);
  const pages = context.loader<string, Page<EventRow>>(`history ${sliceName(slice)}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.events.ofUsers(ids, slice, limit)),
  );
  return new Connection(await pages.load(userId), slice, historyOrder, uncounted);
}

/** The row of the log at that place, or null. */
export const loadEvent = (context: RequestContext, { xact, seq }: EventPlace): Promise<EventRow | null> =>
  context
    .loader<string, EventRow | null>('event', async (names) => {
      const places = names.map((name) => name.split(' ')).map(([xact, seq]) => ({ xact: xact!, seq: seq! }));
      return inOrder(names, await context.reads.events.byPlaces(places), placeName);
    })
    .load(placeName({ xact, seq }));

const placeName = ({ xact, seq }: EventPlace): string => `${xact} ${seq}`;
