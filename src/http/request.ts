import { randomUUID } from 'node:crypto';
import type Koa from 'koa';

/** What every request carries. */
export type RequestState = { requestId: string };

const SHAPE = /^[0-9A-Za-z_.:-]{8,64}$/;

/** Gives each request an id, its caller's own where that is well formed, and each answer the headers it must have. */
export const identify: Koa.Middleware<RequestState> = async (context, next) => {
  const given = context.get('x-request-id');
  context.state.requestId = SHAPE.test(given) ? given : randomUUID();
  const { res } = context;
  res.setHeader('X-Request-Id', context.state.requestId);
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  await next();
};
