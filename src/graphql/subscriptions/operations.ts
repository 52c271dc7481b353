import type { GraphQLFormattedError } from 'graphql';
import type { Actor } from '../../domain/actor.ts';
import type { Log } from '../../http/last-resort.ts';
import { shownError } from '../execution/shown-error.ts';
import { type Answered, type StreamParts, streamOpener } from './open-stream.ts';
import type { Asked, preparer } from './prepare.ts';
import { Refusal, refusal } from './refusal.ts';
import type { Session } from './sessions.ts';

/** A connection of either protocol, which holds subscriptions. */
export type Holder = {
  /** Null until its client has signed in. */
  session: Session | null;
  /** Subscriptions that have begun and not ended. */
  streams: number;
};

/** Subscriptions that one connection may hold at a time. */
export const MOST_STREAMS = 10;

/** Runs the subscriptions of all connections. Whatever ends one is a Refusal that may be shown. */
export function operator({ prepare, ...parts }: StreamParts & { prepare: ReturnType<typeof preparer> }) {
  const openStream = streamOpener(parts);
  return async function* operate(
    holder: Holder,
    asked: Asked,
    requestId: string,
    signal: AbortSignal,
  ): AsyncGenerator<Answered> {
    if (holder.streams >= MOST_STREAMS) {
      throw refusal('BAD_REQUEST', `A connection holds ${MOST_STREAMS} subscriptions.`);
    }
    holder.streams++;
    try {
      const { session } = holder;
      const listener = {
        requestId,
        get actor(): Actor {
          return session!.actor;
        },
      };
      yield* openStream(prepare(asked), listener, signal);
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal([shownEnd(error, requestId, parts.log)]);
    } finally {
      holder.streams--;
    }
  };
}

/** What ended a subscription, as its client may see it. */
export function shownEnd(error: unknown, requestId: string, log: Log): GraphQLFormattedError {
  const originalError = error instanceof Error ? error : new Error(String(error));
  return shownError({ message: originalError.message, path: ['events'], originalError }, requestId, log);
}
