import { setTimeout as pause } from 'node:timers/promises';
import type { Dialect } from './dialect.ts';
import type { Ledger } from './ledger.ts';
import type { Mapping } from './mapping.ts';
import type { State } from './state.ts';
import type { Tally } from './tally.ts';
import type { Reply, Transport } from './transport.ts';
import { type Expected, judge, type Verdict } from './verdict.ts';

/** What the steps of one cycle share. `managers` holds the manager ids that the server showed in this cycle, by object id. */
export interface Session {
  readonly transport: Transport;
  readonly state: State;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly managers: Map<string, unknown>;
  readonly matchOn: readonly string[];
  readonly mapping: Mapping;
  dialect(object: string): Dialect;
}

/** A request and what Entra expects of its answer. `id` is the linked id; `reference` marks manager and member writes. */
export interface Question {
  method: string;
  path: string;
  body?: unknown;
  expected: Expected;
  id?: string;
  reference?: boolean;
}

/** Entra would stop the whole job here and tell the administrator (entra.md E6). */
export class Quarantine extends Error {}

/** Sends a request, once more after 429 or 5xx, judges and counts it. Throws Quarantine when Entra would stop at once. */
export async function ask(session: Session, question: Question): Promise<{ reply: Reply; fault?: Verdict }> {
  let reply = await send(session, question);
  const waitMs = retryAfterMs(reply);
  if (waitMs !== undefined) {
    session.tally.count('retries');
    await pause(waitMs);
    reply = await send(session, question);
  }
  const fault = judge(question, reply);
  if (!fault) return { reply };
  session.tally.count(question.reference ? 'referenceFailures' : 'refused');
  session.ledger.note(question, reply, fault, question.reference ?? false);
  if (fault.quarantine) throw new Quarantine(`${question.method} ${question.path}: ${fault.why} (${fault.code})`);
  return { reply, fault };
}

async function send({ transport, tally }: Session, { method, path, body }: Question): Promise<Reply> {
  const began = performance.now();
  const reply = await transport.send(method, path, body);
  tally.timed(performance.now() - began);
  tally.count('requests');
  if (method === 'PATCH') tally.count('patches');
  return reply;
}

const PATIENCE_MS = 60_000;

// Milliseconds to wait before the one retry; undefined when the answer is final (entra.md E8, G).
function retryAfterMs({ status, headers }: Reply): number | undefined {
  if (status === 429) {
    const after = headers['retry-after'];
    if (after === undefined) return 1000;
    const ms = /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
    return Math.min(Math.max(ms || 0, 0), PATIENCE_MS);
  }
  const passing = status === 0 || (status >= 500 && status !== 501);
  return passing ? 250 : undefined;
}
