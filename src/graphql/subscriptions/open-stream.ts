import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphQLFormattedError } from 'graphql';
import { type Actor, demand } from '../../domain/actor.ts';
import type { Hub } from '../../domain/command.ts';
import type { EventPlace, EventRow } from '../../domain/events/event-reader.ts';
import { isBeyond } from '../../domain/events/log-head.ts';
import type { FollowedLog, LogWatch } from '../../domain/events/log-watch.ts';
import type { Page } from '../../domain/page.ts';
import type { Readers } from '../../domain/reading/readers.ts';
import { isUnavailable, type Log } from '../../http/last-resort.ts';
import { type Budget, drawn } from '../cost/budget.ts';
import { MOST_COST, prices } from '../cost/prices.ts';
import { tooCostly } from '../cost/say-cost.ts';
import { namesOf } from '../events/event-names.ts';
import { logOrder } from '../events/load-events.ts';
import { type RaisedError, shownError } from '../execution/shown-error.ts';
import { sliceOf } from '../page/cursor.ts';
import { RequestContext } from '../request-context.ts';
import { gate } from './gate.ts';
import type { Prepared } from './prepare.ts';
import { Refusal } from './refusal.ts';

/** What streams are made from. */
export type StreamParts = { hub: Hub; readers: Readers; publicUrl: string; watch: LogWatch; budget: Budget; log: Log };

/** Who listens: asked anew for each page, since rights count when they are used. */
export type Listener = { readonly actor: Actor; readonly requestId: string };

/** One event, answered. */
export type Answered = { data?: unknown; errors?: readonly GraphQLFormattedError[] };

/** Events that are read and answered at once, and wait in memory for their client. */
const AT_ONCE = 50;
/** Pages that a process reads at once, so that listeners leave the pool of the database to requests. */
const MOST_READING = 3;
/** How long to wait for a database that is away, in ms. */
const AWAY_MS = 1_000;

type Names = readonly string[] | null;

/**
 * Streams the log from a place on. It reads the next page when the client has taken the last one, so a slow client costs
 * a page of memory and misses nothing. While the database is away it waits, and while its caller's bucket is too empty
 * for the page.
 */
export function streamOpener({ hub, readers, publicUrl, watch, budget, log }: StreamParts) {
  const inTurn = gate(MOST_READING);
  const contextOf = ({ actor, requestId }: Listener): RequestContext => {
    demand(actor, 'events:read');
    return new RequestContext(hub, readers, publicUrl, { actor, requestId });
  };

  const answerAll = async (rows: readonly EventRow[], { answer, variables }: Prepared, listener: Listener) => {
    const context = contextOf(listener);
    const results: { data?: unknown; errors?: readonly RaisedError[] }[] = await Promise.all(
      rows.map((row) => answer(row, context, variables)),
    );
    return results.map((result): Answered => {
      if (!result.errors?.length) return { data: result.data };
      const away = result.errors.find(({ originalError }) => isUnavailable(originalError));
      if (away) throw away.originalError;
      return {
        data: result.data,
        errors: result.errors.map((error) => shownError(error, context.call.requestId, log)),
      };
    });
  };

  const pageOf = (followed: FollowedLog, names: Names, place: EventPlace | null, listener: Listener) =>
    inTurn(async () => {
      const context = contextOf(listener);
      const after = place && [place.xact, place.seq];
      const name = JSON.stringify([names, after]);
      const page: Page<EventRow> = await followed.shared(name, () =>
        context.reads.events.list(names, { first: AT_ONCE, after, placed: false }),
      );
      return page;
    });

  return async function* openStream(prepared: Prepared, listener: Listener, signal: AbortSignal) {
    demand(listener.actor, 'events:read');
    const most = pageCost(AT_ONCE, prepared);
    if (most > MOST_COST) throw new Refusal([tooCostly(most)]);
    const { after, names: given } = prepared.args as { after?: string | null; names?: string[] | null };
    const names = namesOf(given);
    const begin = placeOf(after);
    const followed = await inTurn(() => watch.follow(listener.actor.tenantId));
    let place = begin ?? followed.newest;
    try {
      while (!signal.aborted) {
        const { newest } = followed;
        if (!isBeyond(newest, place)) {
          await followed.growth(signal);
          continue;
        }
        try {
          const page = await pageOf(followed, names, place, listener);
          await drawn(budget, listener.actor, pageCost(page.rows.length, prepared), signal);
          const answers = await inTurn(() => answerAll(page.rows, prepared, listener));
          for (const answer of answers) yield answer;
          place = placeAfter(page, newest);
        } catch (error) {
          if (!isUnavailable(error)) throw error;
          await sleep(AWAY_MS, null, { signal }).catch(() => {});
        }
      }
    } finally {
      followed.leave();
    }
  };
}

/** A page is one question, and each event costs what is selected of it. */
const pageCost = (events: number, { cost }: Prepared): number => prices.question + events * cost;

const nothing = { names: new Set<string>(), nodes: new Set<string>() };

function placeOf(cursor: string | null | undefined): EventPlace | null {
  const { after } = sliceOf({ after: cursor }, logOrder, nothing);
  return after && { xact: after[0]!, seq: after[1]! };
}

/** The end of the page; where nothing is left, at least the end that was known before it was read. */
function placeAfter({ rows, hasNext }: Page<EventRow>, newest: EventPlace | null): EventPlace {
  const last = rows.at(-1);
  if (last && (hasNext || isBeyond(last, newest))) return { xact: last.xact, seq: last.seq };
  return newest!;
}
