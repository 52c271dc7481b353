import type { PhoneReader } from '../../domain/phones/phone-reader.ts';
import type { ChangedPhone, PhoneWatch } from '../../domain/phones/phone-watch.ts';
import type { Verification } from '../../domain/phones/verification.ts';
import { type Database, NO_TENANT, type Statement } from '../database.ts';
import { defaultRegion } from './region-statements.ts';
import { verificationsOf } from './verification-statements.ts';

/** What is known of phone numbers besides their text. */
export const phoneReader = (database: Database): PhoneReader => ({
  defaultRegion: (tenantId) =>
    database.session(tenantId, async (session) => {
      const [row] = await session.run<{ region: string | null }>(defaultRegion, [tenantId]);
      return row!.region;
    }),
  verifications: (tenantId, userIds) =>
    database.session(tenantId, (session) => session.run<Verification>(verificationsOf, [tenantId, userIds])),
});

const sweeping: Statement = { name: 'name-sweep', text: `select set_config('app.sweep', 'on', true)` };

const changed: Statement = {
  name: 'changed-phones',
  text: `
select tenant_id as "tenantId", user_id as "userId", field from phone_verifications
where changed_at is not null order by changed_at limit $1`,
};

/** Verified numbers whose text has changed. The wall lets those of all tenants through for as long as the transaction. */
export const phoneWatch = (database: Database): PhoneWatch => ({
  changed: (limit) =>
    database.transaction(NO_TENANT, async (session) => {
      await session.run(sweeping, []);
      return session.run<ChangedPhone>(changed, [limit]);
    }),
});
