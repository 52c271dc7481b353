import { Counter, Gauge, type Registry } from 'prom-client';
import { methodOf } from './metrics.ts';

/** What is counted of one SCIM request; `scimType` is one of our own keywords. */
export type ScimFigures = { method: string; address: string; status: number; scimType: string | null };

/** The figures of the SCIM room and of its log. Labels are closed sets: nothing from a request (attacks.md A54). */
export function scimMetrics(registry: Registry, queueLength: () => number) {
  const registers = [registry];
  const requests = new Counter({
    name: 'rollcall_scim_requests_total',
    help: 'SCIM requests answered, those that were not signed in too.',
    labelNames: ['method', 'resource', 'status'],
    registers,
  });
  const refusals = new Counter({
    name: 'rollcall_scim_refusals_total',
    help: 'SCIM requests refused, by scimType.',
    labelNames: ['type'],
    registers,
  });
  const dropped = new Counter({
    name: 'rollcall_scim_log_dropped_total',
    help: 'Requests that the provisioning log has not kept, for want of room or of a database.',
    registers,
  });
  new Gauge({
    name: 'rollcall_scim_log_queue',
    help: 'Requests that wait to be written to the provisioning log.',
    registers,
    collect() {
      this.set(queueLength());
    },
  });
  return {
    count({ method, address, status, scimType }: ScimFigures): void {
      requests.inc({
        method: methodOf(method),
        resource: resourceOf(address),
        status: `${Math.trunc(status / 100)}xx`,
      });
      if (status >= 400) refusals.inc({ type: scimType ?? 'none' });
    },
    drop: (count: number): void => dropped.inc(count),
  };
}

const resources = new Set(['users', 'groups', 'bulk', 'me', 'schemas', 'resourcetypes', 'serviceproviderconfig']);

function resourceOf(address: string): string {
  const name = /^\/scim\/v2\/(\w+)/.exec(address)?.[1]?.toLowerCase() ?? '';
  return resources.has(name) ? name : 'other';
}
