import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parse } from 'graphql';
import { makeServer } from 'graphql-ws';
import type { Log } from '../../http/last-resort.ts';
import { type SignIn, signedWith } from '../../http/sign-in.ts';
import { abortable } from './abortable.ts';
import type { Listening } from './listening.ts';
import type { Answered } from './open-stream.ts';
import { type Holder, shownEnd } from './operations.ts';
import type { Asked } from './prepare.ts';
import { Refusal } from './refusal.ts';

/** One socket, as the protocol sees it. */
export type Socket = Holder & {
  readonly request: IncomingMessage;
  close(code: number, reason: string): void;
};

export type ProtocolParts = { listening: Listening; signIn: SignIn; log: Log };

const TRY_AGAIN_LATER = 1013;
/** The protocol's code for those who may not be here. */
const FORBIDDEN = 4403;

/** What the library wants to see of an operation; ours are prepared by our own rules when they begin. */
const document = parse('subscription { events }');

/** GraphQL over WebSocket, protocol graphql-transport-ws, for subscriptions alone. */
export function openProtocol({ listening: { operate, sessions }, signIn, log }: ProtocolParts) {
  return makeServer<Record<string, unknown>, Socket>({
    async onConnect({ extra: socket, connectionParams }) {
      const authorization = authorizationOf(connectionParams, socket.request);
      const actor = authorization === null ? null : await signIn(signedWith(authorization));
      // A directory's token opens SCIM and nothing else.
      if (!actor || actor.kind === 'directory') return false;
      const end = (reason: string) => socket.close(FORBIDDEN, reason);
      const session = { actor, signed: signedWith(authorization!), end };
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
      return abortable((signal) => operate(socket, asked, randomUUID(), signal)) as AsyncGenerator<never>;
    },
    onNext: (_socket, _id, _asked, _args, answered) => answered as Answered as never,
    onError(_socket, _id, _asked, [error]) {
      const cause = error?.originalError;
      return cause instanceof Refusal ? cause.errors : [shownEnd(cause ?? error, randomUUID(), log)];
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
