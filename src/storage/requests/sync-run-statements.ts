import type { SyncRun } from '../../domain/requests/sync-run.ts';
import type { Statement } from '../database.ts';

/** Hubs that share a database count one directory's requests one after the other, until the transaction ends. */
export const lockRuns: Statement = {
  name: 'lock-sync-runs',
  text: `select pg_advisory_xact_lock(hashtextextended('sync runs ' || $1, 0)) is null as locked`,
};

const counts = ['requests', 'created', 'updated', 'adopted', 'deactivated', 'deleted', 'skipped', 'failed'] as const;

/** A run's own columns, under their names in the domain. */
export const runColumns = `r.id, r.kind, r.started_at as "startedAt", ${counts.map((count) => `r.${count}`).join(', ')}, r.reasons`;

/** The newest run of a directory, and whether any run of it has written anything. */
export const latestRun: Statement = {
  name: 'latest-sync-run',
  text: `
select ${runColumns}, r.last_at as "lastAt", r.completed_at is not null as "isClosed", exists (
  select 1 from sync_runs w where w.tenant_id = $1 and w.directory_id = $2
    and w.created + w.updated + w.adopted + w.deactivated + w.deleted > 0) as "hasWritten"
from sync_runs r where r.tenant_id = $1 and r.directory_id = $2 order by r.id desc limit 1`,
};

const placeholders = counts.map((_, index) => `$${index + 7}`).join(', ');

/** A run that is new, or as it has become. */
export const putRun: Statement = {
  name: 'put-sync-run',
  text: `
insert into sync_runs (tenant_id, directory_id, id, kind, started_at, last_at, ${counts.join(', ')}, reasons)
values ($1, $2, $3, $4, $5, $6, ${placeholders}, $${counts.length + 7})
on conflict (tenant_id, id) do update set started_at = excluded.started_at, last_at = excluded.last_at,
  reasons = excluded.reasons,
  ${counts.map((count) => `${count} = excluded.${count}`).join(', ')}`,
};

/** The values of `putRun` after the tenant and the directory. */
export const runValues = (run: SyncRun): unknown[] => [
  run.id,
  run.kind,
  run.startedAt,
  run.lastAt,
  ...counts.map((count) => run[count]),
  JSON.stringify(run.reasons),
];
