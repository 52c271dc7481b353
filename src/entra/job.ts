import { type DialectName, dialectChooser } from './dialect.ts';
import type { Directory, Happening } from './directory.ts';
import { Ledger, type Refusal } from './ledger.ts';
import { GALLERY, type Mapping } from './mapping.ts';
import { type Progress, runCycle, type Step } from './run-cycle.ts';
import { Quarantine } from './session.ts';
import { loadState, type State, saveState } from './state.ts';
import { type CycleReport, Tally } from './tally.ts';
import { parseTenantUrl } from './tenant-url.ts';
import { openTransport, type Reply } from './transport.ts';
import { happen, worldOf } from './world.ts';

/** Where a job provisions to and how; defaults as ProvisionOptions tells them. */
export interface JobOptions {
  url: string;
  token: string;
  directory: Directory;
  dialect?: DialectName | undefined;
  parallel?: number;
  matchOn?: string[] | undefined;
  /** What the gallery maps. */
  mapping?: Mapping;
  seed?: number;
  stateFile?: string | undefined;
  timeoutMs?: number;
}

/** How a cycle has come along, apart from which of how many it is. */
export type CycleProgress = Omit<Progress, 'cycle' | 'cycles'>;

/** One provisioning job: it remembers its links from cycle to cycle. */
export interface Job {
  /** The links it has now. */
  readonly state: State;
  /** Lets one change happen in Entra; the next cycle tells of it. */
  happen(change: Happening): void;
  /** Plays a cycle; the first one is the initial cycle (entra.md E1, E2). */
  cycle(tell?: (progress: CycleProgress) => void): Promise<CycleReport>;
  /** Sends one request by hand, as the job would. */
  send(method: string, path: string, body?: unknown): Promise<Reply>;
  refusals(): Refusal[];
  /** Why Entra would have stopped. */
  quarantined(): string | undefined;
  close(): void;
}

/** Opens a job. Throws on options that are impossible. */
export function openJob(options: JobOptions): Job {
  const { parallel = 8, timeoutMs = 30_000, seed = 1, stateFile } = options;
  const { base, dialect } = parseTenantUrl(options.url);
  const state = loadState(stateFile, base);
  const transport = openTransport(base, options.token, parallel, timeoutMs);
  const ledger = new Ledger();
  const world = worldOf(options.directory);
  const shared = {
    transport,
    state,
    ledger,
    matchOn: options.matchOn ?? ['userName', 'externalId'],
    mapping: options.mapping ?? GALLERY,
    dialect: dialectChooser(options.dialect ?? dialect, seed),
  };
  let cycles = 0;
  let quarantined: string | undefined;
  return {
    state,
    happen: (change) => happen(world, change),
    async cycle(tell) {
      const session = { ...shared, tally: new Tally(), managers: new Map<string, unknown>() };
      const told = (step: Step) => {
        const { requests, refused, referenceFailures } = session.tally.counts;
        tell?.({ ...step, requests, refused: refused + referenceFailures, seconds: session.tally.seconds });
      };
      try {
        await runCycle(session, world, parallel, told);
      } catch (error) {
        if (!(error instanceof Quarantine)) throw error;
        quarantined = error.message;
      }
      saveState(stateFile, state);
      return session.tally.report(++cycles);
    },
    send: (method, path, body) => transport.send(method, path, body),
    refusals: () => ledger.list(),
    quarantined: () => quarantined,
    close: () => transport.close(),
  };
}
