import { setTimeout as sleep } from 'node:timers/promises';
import type Koa from 'koa';
import type { RequestState } from '../../../http/request.ts';
import { type Answer, refusal } from '../../answer.ts';
import { type GraphqlParts, refusalOfBody } from '../../room.ts';
import type { Listening } from '../listening.ts';
import { openAdmission } from './admission.ts';
import { malformed, tokenOf } from './asking.ts';
import { distinctMode } from './distinct.ts';
import { singleMode } from './single.ts';
import { streamCaller } from './stream-caller.ts';

export type StreamRoomParts = Pick<GraphqlParts, 'hub' | 'readers' | 'signIn' | 'log'> & { listening: Listening };

/** Where streams are served, and what ends them. */
export type StreamRoom = {
  room: Koa.Middleware;
  count(): number;
  /** Ends every stream; those that are not read are cut off after two seconds. */
  stop(): Promise<void>;
};

const PARTING_MS = 2_000;
const methods = new Set(['GET', 'POST', 'PUT', 'DELETE']);
const allow = { allow: [...methods].join(', ') };

/** Subscriptions by Server-Sent Events on `/graphql/stream`, in both modes that graphql-sse speaks. */
export function streamRoom({ listening, log, ...parts }: StreamRoomParts): StreamRoom {
  const admission = openAdmission(listening, log);
  const distinct = distinctMode(admission);
  const single = singleMode(admission, listening.prepare);

  const answer = async ({ req: request, res: response }: Koa.Context, requestId: string): Promise<Answer | null> => {
    const method = request.method!;
    if (!methods.has(method)) return refusal(405, 'METHOD_NOT_ALLOWED', `Use ${allow.allow}.`, allow);
    const actor = await streamCaller(parts, request, requestId);
    if ('status' in actor) return actor;
    const asking = { request, response, actor, requestId };
    if (method === 'PUT') return single.reserve(asking);
    const token = tokenOf(request);
    if (token !== null) return single.go(asking, token);
    return method === 'POST' ? distinct(asking) : malformed('Name a reservation, or subscribe by POST.');
  };
  return {
    async room(context, next) {
      if (context.path !== '/graphql/stream') return next();
      const { requestId } = context.state as RequestState;
      const answered = await answer(context, requestId).catch(refusalOfBody);
      context.respond = answered !== null;
      if (answered === null) return;
      context.status = answered.status;
      context.set({ 'content-type': 'application/json; charset=utf-8', ...answered.headers });
      context.body = answered.text;
    },
    count: () => admission.connections.size,
    async stop() {
      admission.close();
      const all = [...admission.connections];
      for (const connection of all) connection.end();
      const parted = Promise.all(all.map(({ gone }) => gone));
      await Promise.race([parted, sleep(PARTING_MS, null, { ref: false })]);
      for (const connection of all) connection.cut();
    },
  };
}
