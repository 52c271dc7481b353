import { defineEntity, p } from '@mikro-orm/core';
import { textArray } from './columns.ts';
import { User } from './user.ts';
import { tenantWall } from './wall.ts';

const ofUser = () =>
  p.manyToOne(User).joinColumns('tenant_id', 'user_id').updateRule('no action').deleteRule('cascade');

/** Work beside requests names itself for one transaction, and sees whose numbers have changed. */
const sweptWall = () => {
  const wall = tenantWall();
  const sweep = { name: 'sweep', command: 'select' as const, using: "current_setting('app.sweep', true) = 'on'" };
  return { ...wall, policies: [...wall.policies, sweep] };
};

/**
 * That a person was reached by the number in a field. `texts` are those that the field has held since: a trigger on
 * `users` adds them, whatever statement writes there, and sets `changed_at` until somebody has looked.
 */
export const PhoneVerification = defineEntity({
  name: 'PhoneVerification',
  tableName: 'phone_verifications',
  ...sweptWall(),
  properties: {
    tenantId: p.uuid().primary(),
    user: () => ofUser().primary(),
    field: p.text().primary(),
    e164: p.text(),
    texts: textArray(),
    verifiedAt: p.datetime(3),
    changedAt: p.datetime(3).nullable(),
  },
  indexes: [
    {
      name: 'phone_verifications_changed',
      expression: `create index "phone_verifications_changed" on "phone_verifications" ("tenant_id", "changed_at") where changed_at is not null`,
    },
  ],
});

/** A code that was asked for: its digest while it may be entered, and for a day that it was asked for. */
export const PhoneCode = defineEntity({
  name: 'PhoneCode',
  tableName: 'phone_codes',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    id: p.uuid().primary(),
    user: ofUser,
    field: p.text(),
    e164: p.text(),
    requestedAt: p.datetime(3),
    digest: p.blob().nullable(),
    tries: p.integer(),
    expiresAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'phone_codes_number', properties: ['tenantId', 'e164', 'requestedAt'] },
    { name: 'phone_codes_user', properties: ['tenantId', 'user', 'requestedAt'] as never },
  ],
});
