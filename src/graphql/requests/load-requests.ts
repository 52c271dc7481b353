import type { EventRow } from '../../domain/events/event-reader.ts';
import { uuidOf } from '../../domain/ids.ts';
import type { Page } from '../../domain/page.ts';
import type { RequestBodies, RequestCondition, RequestRow, SyncRunRow } from '../../domain/requests/request-reader.ts';
import { Connection } from '../page/connection.ts';
import { type ListOrder, sliceOf } from '../page/cursor.ts';
import { inOrder, pagesWithin, sliceName } from '../page/many.ts';
import type { RequestContext } from '../request-context.ts';
import type { Selection } from '../selection.ts';

const requestOrder: ListOrder = { name: 'requests', parts: ['id'] };
const runOrder: ListOrder = { name: 'runs', parts: ['id'] };

type PageOf = { first?: number | null; after?: string | null };

/** What a caller may narrow a list of requests by. */
export type RequestFilter = { failed?: boolean | null; subject?: string | null };

const uncounted = () => Promise.reject(new Error('The log is not counted.'));

/** A page of the requests of that directory, the newest first. */
export async function loadRequests(
  context: RequestContext,
  directoryId: string,
  args: PageOf & RequestFilter,
  selection: Selection,
) {
  const slice = sliceOf(args, requestOrder, selection);
  const where = conditionOf(args);
  const name = `requests ${JSON.stringify(where)} ${sliceName(slice)}`;
  const pages = context.loader<string, Page<RequestRow>>(name, (ids) =>
    pagesWithin(context, (limit) => context.reads.requests.ofDirectories(ids, where, slice, limit)),
  );
  return new Connection(await pages.load(directoryId), slice, requestOrder, uncounted);
}

/** An id that nothing has. */
const NOTHING = '00000000-0000-0000-0000-000000000000';

const conditionOf = ({ failed = null, subject }: RequestFilter): RequestCondition => ({
  failed,
  subjectId: subject ? (uuidOf('usr', subject) ?? uuidOf('grp', subject) ?? NOTHING) : null,
});

/** A page of the runs of that directory, the newest first. */
export async function loadRuns(context: RequestContext, directoryId: string, args: PageOf, selection: Selection) {
  const slice = sliceOf(args, runOrder, selection);
  const pages = context.loader<string, Page<SyncRunRow>>(`runs ${sliceName(slice)}`, (ids) =>
    pagesWithin(context, (limit) => context.reads.requests.runsOfDirectories(ids, slice, limit)),
  );
  return new Connection(await pages.load(directoryId), slice, runOrder, uncounted);
}

/** The request of that stored id, or null. */
export const loadRequest = (context: RequestContext, id: string): Promise<RequestRow | null> =>
  context
    .loader<string, RequestRow | null>('request', async (ids) =>
      inOrder(ids, await context.reads.requests.byIds(ids), (request) => request.id),
    )
    .load(id);

/** The run of that stored id, or null. */
export const loadRun = (context: RequestContext, id: string): Promise<SyncRunRow | null> =>
  context
    .loader<string, SyncRunRow | null>('run', async (ids) =>
      inOrder(ids, await context.reads.requests.runsByIds(ids), (run) => run.id),
    )
    .load(id);

/** What that request and its answer held. */
export const loadBodies = (context: RequestContext, id: string): Promise<RequestBodies | null> =>
  context
    .loader<string, RequestBodies | null>('bodies of requests', async (ids) =>
      inOrder(ids, await context.reads.requestBodies.bodies(ids), (bodies) => bodies.id),
    )
    .load(id);

/** The most events that one request shows. */
const MOST_CHANGES = 1_000;

/** What that request did, the oldest first. */
export const loadChangesOf = (context: RequestContext, request: RequestRow): Promise<EventRow[]> =>
  context
    .loader<RequestRow, EventRow[]>('changes of requests', async (requests) => {
      const lists = await context.reads.events.ofRequests(requests, MOST_CHANGES, context.rowsLeft);
      for (const list of lists) context.rowsLeft -= list.length;
      return lists;
    })
    .load(request);
