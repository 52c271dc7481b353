import Koa from 'koa';
import type { Hub } from './domain/command.ts';
import { health, type Readiness } from './http/health.ts';
import { type Log, lastResort } from './http/last-resort.ts';
import type { Metrics } from './http/metrics.ts';
import { identify, readAddress } from './http/request.ts';

/** What the rooms of a hub are built from. */
export type AppParts = {
  hub: Hub;
  readiness: () => Promise<Readiness>;
  log: Log;
  metrics: Metrics;
  /** Middleware of the rooms, in order. */
  rooms: Koa.Middleware[];
};

/** Composes the whole HTTP service. */
export function createApp({ readiness, log, metrics, rooms }: AppParts): Koa {
  const app = new Koa();
  const { registry, measure } = metrics;
  app.on('error', (error: Error, context?: Koa.Context) =>
    log(`unanswered ${context?.state.requestId} ${error.message}`),
  );
  app.use(readAddress).use(measure).use(identify).use(lastResort(log)).use(health(readiness, registry));
  for (const room of rooms) app.use(room);
  return app;
}
