import { randomUUID } from 'node:crypto';
import type Koa from 'koa';

/** What every request carries. */
export type RequestState = { requestId: string };

const SHAPE = /^[0-9A-Za-z_.:-]{8,64}$/;

/**
 * Of an address in absolute form only the path counts (RFC 9112 §3.2.2), and what is no address is 400. Comes before
 * everything that asks for the path.
 */
export const readAddress: Koa.Middleware = async (context, next) => {
  const { req } = context;
  const given = req.url ?? '';
  if (!given.startsWith('/') && given !== '*') {
    const url = URL.parse(given);
    if (!url?.pathname.startsWith('/')) {
      context.status = 400;
      return;
    }
    req.url = url.pathname + url.search;
  }
  await next();
};

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
