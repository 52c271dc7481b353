import { Gauge, type Registry } from 'prom-client';

/** The figures of what is open for subscriptions. */
export function socketMetrics(registry: Registry, sockets: () => number, streams: () => number): void {
  count(registry, 'sockets', 'Sockets that are open for subscriptions, signed in or not yet.', sockets);
  count(registry, 'streams', 'Streams of Server-Sent Events that are open or reserved.', streams);
}

function count(registry: Registry, what: string, help: string, now: () => number): void {
  new Gauge({
    name: `rollcall_subscription_${what}`,
    help,
    registers: [registry],
    collect() {
      this.set(now());
    },
  });
}
