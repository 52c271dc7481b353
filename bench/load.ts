import autocannon from 'autocannon';
import { cases } from './cases.ts';
import type { Company, Side } from './company.ts';
import type { Order, Round } from './load-process.ts';

/** The load: a process of its own that asks one server for one case at a time, as its parent orders. */
const CONNECTIONS = 16;
/** The first numbers are for those who ask once before anything is measured. */
let serial = 100;

process.on('message', async ({ company, name, side, seconds }: Order) => {
  process.send!(await fire(company, name, side, seconds));
});
process.once('disconnect', () => process.exit(0));

async function fire(company: Company, name: string, side: Side, seconds: number): Promise<Round> {
  const request = cases.find((one) => one.name === name)!.request[side];
  const before = process.cpuUsage();
  const result = await autocannon({
    url: company.urls[side],
    connections: CONNECTIONS,
    duration: seconds,
    sampleInt: 100,
    requests: [{ setupRequest: (defaults: object) => ({ ...defaults, ...request(company, serial++) }) }],
  });
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
    cpu: (user + system) / 1e6 / result.duration,
  };
}
