import { Gauge, type Registry } from 'prom-client';
import type { OutboxCount } from '../domain/outbox/outbox-queue.ts';

/** The figures of the outbox of every tenant; where the database is away, the last ones stay. */
export function outboxMetrics(registry: Registry, count: () => Promise<OutboxCount>): void {
  const gauge = (name: string, help: string, key: keyof OutboxCount) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const counted = await count().catch(() => null);
        if (counted) this.set(counted[key]);
      },
    });
  gauge('rollcall_outbox_waiting', 'Mails and the like that are not sent yet, or being sent.', 'waiting');
  gauge('rollcall_outbox_dead', 'Mails and the like that were given up.', 'dead');
}
