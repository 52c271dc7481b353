import type { DialectName } from './dialect.ts';
import type { Directory } from './directory.ts';
import { openJob } from './job.ts';
import type { Refusal } from './ledger.ts';
import type { Progress } from './run-cycle.ts';
import type { CycleReport } from './tally.ts';
import { changesOf } from './world.ts';

/** What to provision, where to and how. Only the first three are needed; defaults stand beside the rest. */
export interface ProvisionOptions {
  url: string;
  token: string;
  directory: Directory;
  /** `batched` when the URL carries `aadOptscim062020`, else `verbose`. */
  dialect?: DialectName;
  /** 1 */
  cycles?: number;
  /** None: the directory stays still. */
  scenario?: string;
  /** Objects, and so requests, at once: 8. */
  parallel?: number;
  /** SCIM paths of the matching attributes in order: userName, externalId. */
  matchOn?: string[];
  /** Only steers the `mixed` dialect: 1. */
  seed?: number;
  /** Where links are kept from run to run; without it they last for one run. */
  stateFile?: string;
  /** Patience for one answer in milliseconds: 30,000. */
  timeoutMs?: number;
  onProgress?: (progress: Progress) => void;
}

/** What a run did. `quarantined` says why Entra would have stopped; `ok` is true when nothing at all was refused. */
export interface Report {
  ok: boolean;
  quarantined?: string;
  cycles: CycleReport[];
  refusals: Refusal[];
}

/**
 * Plays Entra's provisioning service against a SCIM endpoint (entra.md E1, E2).
 * Throws on impossible options only; whatever the server does is in the report.
 */
export async function provision(options: ProvisionOptions): Promise<Report> {
  const { cycles = 1, directory, onProgress } = options;
  const changes = changesOf(directory, options.scenario);
  const job = openJob(options);
  const reports: CycleReport[] = [];
  try {
    for (let cycle = 1; cycle <= cycles && job.quarantined() === undefined; cycle++) {
      for (const change of changes) if (change.cycle === cycle) job.happen(change);
      reports.push(await job.cycle((step) => onProgress?.({ cycle, cycles, ...step })));
    }
  } finally {
    job.close();
  }
  const quarantined = job.quarantined();
  const refusals = job.refusals();
  return { ok: refusals.length === 0, ...(quarantined && { quarantined }), cycles: reports, refusals };
}
