import { type DialectName, dialectChooser } from './dialect.ts';
import type { Directory } from './directory.ts';
import { Ledger, type Refusal } from './ledger.ts';
import { type Progress, runCycle, type Step } from './run-cycle.ts';
import { Quarantine } from './session.ts';
import { loadState, saveState } from './state.ts';
import { type CycleReport, Tally } from './tally.ts';
import { parseTenantUrl } from './tenant-url.ts';
import { openTransport } from './transport.ts';
import { changesOf, happen, worldOf } from './world.ts';

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
  const { cycles = 1, parallel = 8, timeoutMs = 30_000, seed = 1, directory } = options;
  const { base, dialect } = parseTenantUrl(options.url);
  const changes = changesOf(directory, options.scenario);
  const state = loadState(options.stateFile, base);
  const transport = openTransport(base, options.token, parallel, timeoutMs);
  const ledger = new Ledger();
  const world = worldOf(directory);
  const reports: CycleReport[] = [];
  const shared = {
    transport,
    state,
    ledger,
    matchOn: options.matchOn ?? ['userName', 'externalId'],
    dialect: dialectChooser(options.dialect ?? dialect, seed),
  };
  let quarantined: string | undefined;
  try {
    for (let cycle = 1; cycle <= cycles && quarantined === undefined; cycle++) {
      for (const change of changes) if (change.cycle === cycle) happen(world, change);
      const session = { ...shared, tally: new Tally(), managers: new Map<string, unknown>() };
      const tell = (step: Step) => {
        const { requests, refused, referenceFailures } = session.tally.counts;
        const { seconds } = session.tally;
        options.onProgress?.({ cycle, cycles, ...step, requests, refused: refused + referenceFailures, seconds });
      };
      try {
        await runCycle(session, world, parallel, tell);
      } catch (error) {
        if (!(error instanceof Quarantine)) throw error;
        quarantined = error.message;
      }
      saveState(options.stateFile, state);
      reports.push(session.tally.report(cycle));
    }
  } finally {
    transport.close();
  }
  const refusals = ledger.list();
  return { ok: refusals.length === 0, ...(quarantined && { quarantined }), cycles: reports, refusals };
}
