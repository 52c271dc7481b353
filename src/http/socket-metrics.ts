import { Gauge, type Registry } from 'prom-client';

/** The figure of the sockets that are open. */
export function socketMetrics(registry: Registry, count: () => number): void {
  new Gauge({
    name: 'rollcall_subscription_sockets',
    help: 'Sockets that are open for subscriptions, signed in or not yet.',
    registers: [registry],
    collect() {
      this.set(count());
    },
  });
}
