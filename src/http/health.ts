import type Koa from 'koa';
import type { Registry } from 'prom-client';

/** Whether the hub can serve: the database answers, and its schema is the one this program knows. */
export type Readiness = { ready: boolean; database: 'up' | 'down'; schema: string | null; draining: boolean };

/** `/healthz` never asks the database: a database that blinks must not restart every process. */
export const health =
  (readiness: () => Promise<Readiness>, registry: Registry): Koa.Middleware =>
  async (context, next) => {
    if (context.method !== 'GET' && context.method !== 'HEAD') return next();
    if (context.path === '/healthz') {
      context.body = { status: 'ok' };
    } else if (context.path === '/readyz') {
      const state = await readiness();
      context.status = state.ready ? 200 : 503;
      context.body = state;
    } else if (context.path === '/metrics') {
      context.type = registry.contentType;
      context.body = await registry.metrics();
    } else return next();
  };
