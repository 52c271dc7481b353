import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type GraphQLFormattedError, parse } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { Actor } from '../../domain/actor.ts';
import { type SignIn, signedWith } from '../../http/sign-in.ts';
import { shownError } from '../execution/shown-error.ts';
import { abortable } from './abortable.ts';
import { type Answered, type StreamParts, streamOpener } from './open-stream.ts';
import type { Asked, preparer } from './prepare.ts';
import { Refusal, refusal } from './refusal.ts';
import { type openSessions, type Session } from './sessions.ts';

/** One socket, as the protocol sees it. */
export type Socket = {
  readonly request: IncomingMessage;
  close(code: number, reason: string): void;
  session: Session | null;
  /** Streams that have begun and not ended. */
  streams: number;
};

export type ProtocolParts = StreamParts & {
  prepare: ReturnType<typeof preparer>;
  signIn: SignIn;
  sessions: ReturnType<typeof openSessions>;
};

/** Subscriptions that one socket may hold at a time. */
const MOST_STREAMS = 10;
const TRY_AGAIN_LATER = 1013;

/** What the library wants to see of an operation; ours are prepared by our own rules when they begin. */
const document = parse('subscription { events }');

/** GraphQL over WebSocket, protocol graphql-transport-ws, for subscriptions alone. */
export function openProtocol(parts: ProtocolParts) {
  const { prepare, signIn, sessions, log } = parts;
  const openStream = streamOpener(parts);

  async function* stream(socket: Socket, asked: Asked, requestId: string, signal: AbortSignal) {
    if (socket.streams >= MOST_STREAMS) throw refusal('BAD_REQUEST', `A socket holds ${MOST_STREAMS} subscriptions.`);
    socket.streams++;
    try {
      const { session } = socket;
      const listener = {
        requestId,
        get actor(): Actor {
          return session!.actor;
        },
      };
      yield* openStream(prepare(asked), listener, signal);
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal([shown(error, requestId)]);
    } finally {
      socket.streams--;
    }
  }
  const shown = (error: unknown, requestId: string): GraphQLFormattedError => {
    const originalError = error instanceof Error ? error : new Error(String(error));
    return shownError({ message: originalError.message, path: ['events'], originalError }, requestId, log);
  };

  return makeServer<Record<string, unknown>, Socket>({
    async onConnect({ extra: socket, connectionParams }) {
      const authorization = authorizationOf(connectionParams, socket.request);
      const actor = authorization === null ? null : await signIn(signedWith(authorization));
      // A directory's token opens SCIM and nothing else.
      if (!actor || actor.kind === 'directory') return false;
      const session = { actor, authorization: authorization!, end: socket.close };
      if (!sessions.admit(session)) {
        socket.close(TRY_AGAIN_LATER, 'This key holds too many sockets.');
        return false;
      }
      socket.session = session;
      return true;
    },
    onSubscribe: ({ extra }, _id, asked) => ({ document, contextValue: { socket: extra, asked } }) as never,
    subscribe({ contextValue }) {
      const { socket, asked } = contextValue as { socket: Socket; asked: Asked };
      return abortable((signal) => stream(socket, asked, randomUUID(), signal)) as AsyncGenerator<never>;
    },
    onNext: (_socket, _id, _asked, _args, answered) => answered as Answered as never,
    onError(_socket, _id, _asked, [error]) {
      const cause = error?.originalError;
      return cause instanceof Refusal ? cause.errors : [shown(cause ?? error, randomUUID())];
    },
  });
}

/** What the client signs in with: in its first message, where browsers must put it, or in the header of the upgrade. */
function authorizationOf(params: Record<string, unknown> | undefined, request: IncomingMessage): string | null {
  const given = params?.authorization ?? params?.Authorization;
  if (given !== undefined) return typeof given === 'string' ? given : null;
  const headers = request.headersDistinct.authorization;
  return headers?.length === 1 ? Buffer.from(headers[0]!, 'latin1').toString() : null;
}
