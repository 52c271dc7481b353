import type { PhoneField } from './phone-field.ts';

/** A number that was verified and whose text has changed since. */
export type ChangedPhone = { tenantId: string; userId: string; field: PhoneField };

/** Finds them, of every tenant. */
export interface PhoneWatch {
  changed(limit: number): Promise<ChangedPhone[]>;
}
