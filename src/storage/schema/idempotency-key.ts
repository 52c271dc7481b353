import { defineEntity, p } from '@mikro-orm/core';
import { tenantWall } from './wall.ts';

/** A request that was asked under a key: who answers it, whether it was applied, and the answer. */
export const IdempotencyKeyRow = defineEntity({
  name: 'IdempotencyKeyRow',
  tableName: 'idempotency_keys',
  ...tenantWall(),
  properties: {
    tenantId: p.uuid().primary(),
    caller: p.text().primary(),
    key: p.text().primary(),
    /** Names one claim by one process; with `leased_until` in the past what was not applied may be claimed again. */
    claim: p.uuid(),
    digest: p.blob(),
    requestId: p.text(),
    claimedAt: p.datetime(3),
    leasedUntil: p.datetime(3),
    /** Set in the transaction of the first command. */
    applied: p.boolean().default(false),
    answer: p.text().nullable(),
    contentType: p.text().nullable(),
  },
  indexes: [{ name: 'idempotency_keys_claimed', properties: ['tenantId', 'claimedAt'] }],
});
