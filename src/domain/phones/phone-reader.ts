import type { Verification } from './verification.ts';

/** Reads what is known of phone numbers besides their text. */
export interface PhoneReader {
  defaultRegion(tenantId: string): Promise<string | null>;
  /** Numbers of these people that were verified, whether or not they have changed since. */
  verifications(tenantId: string, userIds: readonly string[]): Promise<Verification[]>;
}
