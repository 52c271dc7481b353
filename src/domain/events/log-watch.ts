import type { EventPlace } from './event-reader.ts';

/** Follows the logs of tenants that somebody listens to. */
export interface LogWatch {
  /** Begins with what is there now; `leave` must be called once. */
  follow(tenantId: string): Promise<FollowedLog>;
}

/** The log of one tenant, as one of its followers sees it. */
export interface FollowedLog {
  /** The newest row that is known of; nothing up to it is held back any more. */
  readonly newest: EventPlace | null;
  /** Resolves when the log has grown, or the signal is aborted. */
  growth(signal: AbortSignal): Promise<void>;
  /** What `read` answers, asked once for all followers that ask under the same name before the log grows. */
  shared<Answer>(name: string, read: () => Promise<Answer>): Promise<Answer>;
  leave(): void;
}
