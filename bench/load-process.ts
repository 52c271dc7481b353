import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Company, Side } from './company.ts';

/** What the load is to do next. */
export type Order = { company: Company; name: string; side: Side; seconds: number };

/** What came of one order. */
export type Round = {
  perSecond: number;
  p99Ms: number;
  /** Answers outside of 2xx, broken connections and timeouts. */
  failures: number;
  /** Share of one core that the load itself took. */
  cpu: number;
};

/** The process that makes the load. */
export class LoadProcess {
  readonly #child: ChildProcess = fork('bench/load.ts', { execArgv: [] });
  readonly #company: Company;

  constructor(company: Company) {
    this.#company = company;
  }

  /** One round; throws when a single request failed. */
  async fire(name: string, side: Side, seconds: number): Promise<Round> {
    this.#child.send({ company: this.#company, name, side, seconds } satisfies Order);
    const [round] = (await once(this.#child, 'message')) as [Round];
    if (round.failures > 0) throw new Error(`${name}: ${round.failures} requests of the ${side} failed.`);
    return round;
  }

  async stop(): Promise<void> {
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
