import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../domain/actor.ts';
import { Lru } from '../execution/lru.ts';
import { MOST_COST } from './prices.ts';

/** How a caller's bucket stands, in points. */
export type Standing = { available: number; capacity: number; restoreRate: number };

/** What became of a draw; refused: nothing was drawn, and it would not be refused after so many seconds. */
export type Drawn = Standing & { waitSeconds: number };

/** Seconds in which an empty bucket is full again. */
const FILLS_IN = 20;
/** Callers that are remembered; whoever is forgotten has a full bucket. */
const MOST_CALLERS = 10_000;

type Bucket = { points: number; at: number };

/**
 * A bucket of points for every caller, which fills steadily. It is kept in the memory of this process: behind several
 * processes a caller has as many, and a restart fills them all.
 */
export class Budget {
  readonly capacity: number;
  readonly restoreRate: number;
  readonly #buckets = new Lru<Bucket>(MOST_CALLERS);
  readonly #now: () => number;

  /** `now` tells milliseconds by a clock that nobody sets. */
  constructor(restoreRate: number, now: () => number = () => performance.now()) {
    this.restoreRate = restoreRate;
    this.capacity = Math.max(restoreRate * FILLS_IN, MOST_COST);
    this.#now = now;
  }

  /** Draws from the bucket of whoever signed in: a key that acts for people has one for all of them. */
  draw({ tenantId, id }: Actor, cost: number): Drawn {
    const bucket = this.#bucketOf(`${tenantId} ${id}`);
    const lacking = Math.max(cost - bucket.points, 0);
    if (lacking === 0) bucket.points -= cost;
    const { capacity, restoreRate } = this;
    return { available: Math.floor(bucket.points), capacity, restoreRate, waitSeconds: lacking / restoreRate };
  }

  #bucketOf(caller: string): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(caller);
    if (!bucket) {
      const made = { points: this.capacity, at: now };
      this.#buckets.set(caller, made);
      return made;
    }
    bucket.points = Math.min(this.capacity, bucket.points + ((now - bucket.at) / 1000) * this.restoreRate);
    bucket.at = now;
    return bucket;
  }
}

/** Draws as soon as the bucket holds that much, unless the signal comes first. */
export async function drawn(budget: Budget, actor: Actor, cost: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { waitSeconds } = budget.draw(actor, cost);
    if (waitSeconds === 0) return;
    await sleep(waitSeconds * 1000, null, { signal }).catch(() => {});
  }
}
