import { defineEntity, p } from '@mikro-orm/core';
import { Directory } from './directory.ts';
import { tenantWall } from './wall.ts';

/** Work on shadows sees which there should be, of every tenant, for one transaction. */
const shadowWall = () => {
  const wall = tenantWall();
  const shadows = {
    name: 'shadows',
    command: 'select' as const,
    using: "current_setting('app.sweep', true) = 'shadows'",
  };
  return { ...wall, policies: [...wall.policies, shadows] };
};

/** A directory that is answered from a copy of its tenant. No row: it is not. */
export const RehearsalRow = defineEntity({
  name: 'Rehearsal',
  tableName: 'rehearsals',
  ...shadowWall(),
  properties: {
    tenantId: p.uuid().primary(),
    directory: () =>
      p
        .manyToOne(Directory)
        .primary()
        .joinColumns('tenant_id', 'directory_id')
        .updateRule('no action')
        .deleteRule('cascade'),
    /** The tenant that the copy is. */
    shadowId: p.uuid(),
    phase: p.text(),
    /** The directory's state, to which it returns when the rehearsal is discarded. */
    stateBefore: p.text(),
    startedBy: p.text(),
    startedAt: p.datetime(3),
    /** Events of the shadow before this transaction were copied; null while it is being made. */
    openedXact: p.bigint().nullable(),
  },
});
