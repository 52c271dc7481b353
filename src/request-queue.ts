import type { Registry } from 'prom-client';
import type { LoggedRequest, RequestLog } from './domain/requests/request-log.ts';
import { scimMetrics } from './http/scim-metrics.ts';
import type { AnsweredRequest, Note } from './scim/log/log-requests.ts';
import { readLimit } from './scim/log/read-limit.ts';
import { rowOf } from './scim/log/request-row.ts';
import { openQueue } from './work/queue.ts';

/** A request on its way to the log; its row is made when it is written, and once. */
type Waiting = { answered: AnsweredRequest; row: LoggedRequest | null };

/** The way of requests to the log: noted beside the answer, redacted and written later. */
export function openRequestQueue(log: RequestLog, registry: Registry) {
  const queue = openQueue<Waiting>({
    async write(items) {
      for (const [tenantId, own] of Map.groupBy(items, ({ answered }) => answered.tenantId))
        await log.keep(tenantId, own.map(keptRow));
    },
    onDropped: (count) => metrics.drop(count),
    sizeOf: ({ answered }) => answered.bytes,
  });
  const metrics = scimMetrics(registry, queue.length);
  const hasRoom = readLimit();
  const note: Note = (answered) => {
    if (hasRoom(answered)) queue.add({ answered, row: null });
    else metrics.drop(1);
  };
  return { note, count: metrics.count, stop: queue.stop };
}

function keptRow(waiting: Waiting): LoggedRequest {
  waiting.row ??= rowOf(waiting.answered);
  return waiting.row;
}
