import type { EventPlace } from '../domain/events/event-reader.ts';
import { isBeyond, type LogHead } from '../domain/events/log-head.ts';
import type { FollowedLog, LogWatch } from '../domain/events/log-watch.ts';

/** Time between two looks, in ms: about the longest that an event waits for its followers. */
const PAUSE_MS = 200;

type Tenant = {
  followers: number;
  newest: EventPlace | null;
  /** The horizon at which its end was last looked up. */
  seenAt: string | null;
  waiting: Set<() => void>;
  answers: Map<string, Promise<unknown>>;
};

/**
 * One look for the whole process while anyone follows, none otherwise. Writers tell nobody: a NOTIFY would make their
 * commits wait for each other (docs/decisions/0018-subscriptions.md).
 */
export function watchLogs(head: LogHead, onFailure: (error: unknown) => void): LogWatch & { stop(): Promise<void> } {
  const tenants = new Map<string, Tenant>();
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();
  let isFailing = false;
  let isOver = false;

  const look = async (): Promise<void> => {
    const horizon = await head.horizon();
    for (const [tenantId, tenant] of tenants) {
      if (tenant.seenAt === horizon) continue;
      grow(tenant, await head.newest(tenantId));
      tenant.seenAt = horizon;
    }
  };
  /** A database that stays away is told of once. */
  const tell = (error: unknown): void => {
    if (error !== null && !isFailing) onFailure(error);
    isFailing = error !== null;
  };
  const arm = (): void => {
    if (timer || isOver || tenants.size === 0) return;
    timer = setTimeout(() => {
      running = look()
        .then(() => tell(null), tell)
        .finally(() => {
          timer = null;
          arm();
        });
    }, PAUSE_MS).unref();
  };
  const join = (tenantId: string): Tenant => {
    const tenant = tenants.get(tenantId) ?? newTenant();
    tenants.set(tenantId, tenant);
    tenant.followers++;
    arm();
    return tenant;
  };
  const leave = (tenantId: string, tenant: Tenant): void => {
    if (--tenant.followers === 0) tenants.delete(tenantId);
  };
  return {
    async follow(tenantId) {
      const tenant = join(tenantId);
      try {
        grow(tenant, await head.newest(tenantId));
      } catch (error) {
        leave(tenantId, tenant);
        throw error;
      }
      return followedLog(tenant, () => leave(tenantId, tenant));
    },
    async stop() {
      isOver = true;
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

const newTenant = (): Tenant => ({ followers: 0, newest: null, seenAt: null, waiting: new Set(), answers: new Map() });

function grow(tenant: Tenant, newest: EventPlace | null): void {
  if (!isBeyond(newest, tenant.newest)) return;
  tenant.newest = newest;
  tenant.answers.clear();
  for (const wake of tenant.waiting) wake();
}

const followedLog = (tenant: Tenant, leave: () => void): FollowedLog => ({
  get newest() {
    return tenant.newest;
  },
  growth: (signal) =>
    new Promise((resolve) => {
      const wake = () => {
        tenant.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      if (signal.aborted) return resolve();
      tenant.waiting.add(wake);
      signal.addEventListener('abort', wake);
    }),
  shared<Answer>(name: string, read: () => Promise<Answer>) {
    const known = tenant.answers.get(name) as Promise<Answer> | undefined;
    if (known) return known;
    const answer = read();
    tenant.answers.set(name, answer);
    answer.catch(() => tenant.answers.delete(name));
    return answer;
  },
  leave,
});
