import type Koa from 'koa';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Where figures are kept, and the middleware that takes those of every request. */
export type Metrics = { registry: Registry; measure: Koa.Middleware };

/** The figures of one hub, and the middleware that takes them. Labels are closed sets: nothing from a request. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'rollcall_http_requests_total',
    help: 'Requests answered.',
    labelNames: ['room', 'method', 'status'],
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'rollcall_http_request_seconds',
    help: 'Time from the request to the end of the answer.',
    labelNames: ['room'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const measure: Koa.Middleware = async (context, next) => {
    const start = performance.now();
    try {
      await next();
    } finally {
      const room = roomOf(context.path);
      requests.inc({ room, method: methodOf(context.method), status: context.status });
      seconds.observe({ room }, (performance.now() - start) / 1000);
    }
  };
  return { registry, measure };
}

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** The method as a label: one of a closed set. */
export const methodOf = (method: string): string => (methods.has(method) ? method : 'other');

function roomOf(path: string): string {
  if (path.startsWith('/scim')) return 'scim';
  return path === '/graphql' || path === '/graphql/stream' ? 'graphql' : 'other';
}
