import { demand } from '../actor.ts';
import { type Call, type Command, type Hub, run } from '../command.ts';
import { HubError, invalid, notFound } from '../errors.ts';
import { event } from '../event.ts';
import { eventId, eventPlace } from '../events/event-id.ts';
import { type IdKind, uuidOf } from '../ids.ts';
import type { Trace } from './history-store.ts';
import { undoGroup } from './undo-group.ts';
import { undoPerson } from './undo-person.ts';
import { Rehearsed, type Undone } from './undone.ts';

/** What came of an undoing: who and what was changed, and what was not with the reasons. */
export type UndoReport = { undone: Undone[]; refused: Undone[] };

type Ask = { id: string; preview: boolean };

/** People and groups at once: each is a transaction of its own. */
const LANES = 4;
/** After as many people an event tells how far it is. */
const STRIDE = 200;

/** Takes back one event of one person or group. Refused when it cannot be. */
export async function undoEvent(hub: Hub, call: Call, { id, preview }: Ask): Promise<UndoReport> {
  const trace = await run(hub, call, traceEvent, { id });
  return { undone: [await undoOne(hub, call, trace, { id, preview })], refused: [] };
}

/** Takes back what one request of a directory did; refused when it was about one and cannot be. */
export async function undoRequest(hub: Hub, call: Call, ask: Ask): Promise<UndoReport> {
  const traces = await run(hub, call, traceLog, { id: ask.id, kind: 'req' });
  if (traces.length !== 1) return undoAll(hub, call, ask, traces);
  return { undone: [await undoOne(hub, call, traces[0]!, ask)], refused: [] };
}

/** Takes back what a sync run did: each person and group as a whole, or not at all. */
export async function undoSyncRun(hub: Hub, call: Call, ask: Ask): Promise<UndoReport> {
  return undoAll(hub, call, ask, await run(hub, call, traceLog, { id: ask.id, kind: 'run' }));
}

async function undoAll(hub: Hub, call: Call, { id, preview }: Ask, traces: Trace[]): Promise<UndoReport> {
  const report: UndoReport = { undone: [], refused: [] };
  const tell = async (name: string) => {
    if (!preview) await run(hub, call, noteProgress, { id, name, of: traces.length, report });
  };
  const waiting = traces.values();
  await tell('undo.started');
  const work = async () => {
    for (const trace of waiting) {
      try {
        report.undone.push(await undoOne(hub, call, trace, { id, preview }));
      } catch (error) {
        if (!(error instanceof HubError)) throw error;
        report.refused.push({ kind: trace.kind, id: trace.id, changes: [], problems: [error] });
      }
      const done = report.undone.length + report.refused.length;
      if (done % STRIDE === 0 && done < traces.length) await tell('undo.progressed');
    }
  };
  await Promise.all(Array.from({ length: LANES }, work));
  await tell('undo.ended');
  return report;
}

async function undoOne(hub: Hub, call: Call, trace: Trace, ask: Ask): Promise<Undone> {
  const { kind, id, seqs } = trace;
  const input = { id, seqs, cause: ask.id, preview: ask.preview };
  try {
    return await run(hub, call, kind === 'usr' ? undoPerson : undoGroup, input);
  } catch (error) {
    if (error instanceof Rehearsed) return error.undone;
    throw error;
  }
}

const traceEvent: Command<{ id: string }, Trace> = {
  name: 'undoEvent',
  needs: 'users:write',
  atomicity: 'statement',
  async perform({ tx }, { id }) {
    const place = eventPlace(id);
    const row = place && (await tx.history.event(place));
    if (!row || eventId(row) !== id) throw notFound('event', id);
    const { objectId, subjectKind, subjectId, seq } = row;
    if (objectId) return { kind: 'usr', id: objectId, seqs: [seq] };
    if (subjectKind === 'usr' || subjectKind === 'grp') return { kind: subjectKind, id: subjectId, seqs: [seq] };
    throw new HubError(
      'NOT_ALLOWED',
      `Only what happened to people and directory groups can be undone, not ${row.name}.`,
      {
        path: ['id'],
      },
    );
  },
};

type LogKind = Extract<IdKind, 'req' | 'run'>;

const traceLog: Command<{ id: string; kind: LogKind }, Trace[]> = {
  name: 'undo',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform({ tx, actor }, { id, kind }) {
    demand(actor, 'users:write');
    const uuid = uuidOf(kind, id);
    const find = kind === 'req' ? tx.history.traceOfRequest : tx.history.traceOfRun;
    const traces = uuid && (await find(uuid));
    if (!traces) throw notFound(kind === 'req' ? 'request' : 'sync run', id);
    if (traces.length === 0) throw invalid(['id'], `${id} changed nothing, so there is nothing to undo.`);
    return traces;
  },
};

const noteProgress: Command<{ id: string; name: string; of: number; report: UndoReport }, void> = {
  name: 'noteUndo',
  needs: 'users:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { id, name, of, report }) {
    const kind = id.startsWith('run_') ? 'run' : 'req';
    const counts = { of, undone: report.undone.length, refused: report.refused.length };
    const changes = Object.entries(counts).map(([key, to]) => ({ key, from: null, to }));
    await tx.note({ ...event(origin, name, kind, uuidOf(kind, id)!, changes), cause: id });
  },
};
