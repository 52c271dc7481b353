import { type Call, type Command, type Hub, run } from '../command.ts';
import { event, type NewEvent, type Origin } from '../event.ts';
import { settleAllKinds } from '../roles/settle-kinds.ts';
import { recomputed } from './contested.ts';
import { narrow } from './read-impact.ts';
import { type FieldRulesEdit, ruledKeys } from './rule-edit.ts';
import type { RuleWork } from './rule-work.ts';
import { saveFieldRules } from './save-field-rules.ts';

/** How many people one statement writes: their rows are locked for as long as it takes. */
const BATCH = 250;
/** After how many people an event tells how far the work is. */
const TOLD_EVERY = 5_000;
const LONGEST_SETTLE_MS = 30_000;

/**
 * Changes rules, then recomputes whoever they concern, over stored rows. The rules are committed first and writes that
 * were computed under the old ones are waited for, so no value can slip through between. Returns how many people changed.
 */
export async function setFieldRules(hub: Hub, call: Call, edit: FieldRulesEdit): Promise<{ usersChanged: number }> {
  const changed = await run(hub, call, saveFieldRules, edit);
  return { usersChanged: changed.size === 0 ? 0 : await recomputeAll(hub, call) };
}

/**
 * Computes everyone whose values could depend on the rules that stand. What a crash interrupted goes on where it was;
 * two processes that do the same share the work.
 */
export async function recomputeAll(hub: Hub, call: Call): Promise<number> {
  await hub.storage.policy(call.actor.tenantId, true);
  await run(hub, call, settleWrites, undefined);
  await run(hub, call, settleAllKinds, undefined);
  let work = await run(hub, call, start, undefined);
  const only = work.keys && (await run(hub, call, narrow, work.keys));
  while (work.finishedAt === null) work = await run(hub, call, recomputeBatch, { work, only });
  return work.usersChanged;
}

/** Waits for every write that was begun under an older policy. */
export const settleWrites: Command<void, void> = {
  name: 'settleOlderWrites',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform({ tx }) {
    if (await tx.rules.settleOlderWrites(LONGEST_SETTLE_MS)) return;
    throw new Error('Writes from before the change are still running.');
  },
};

const start: Command<void, RuleWork> = {
  name: 'recompute',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx, origin }) => tx.rules.startWork(origin.at),
};

/** People are read without a lock; whoever has been written meanwhile is read again. `only`: null for every field. */
const recomputeBatch: Command<{ work: RuleWork; only: readonly string[] | null }, RuleWork> = {
  name: 'recompute',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform({ tx, origin, policy, actor }, { work, only }) {
    const keys = only ?? ruledKeys(policy);
    const people = await tx.rules.contested(work.last, BATCH, keys);
    let left = recomputed(people, policy, keys);
    while (left.length > 0) {
      const written = await tx.rules.write(left, work, policy, origin);
      const missed = left.filter(({ person }) => !written.has(person.id)).map(({ person }) => person.id);
      left = missed.length === 0 ? [] : recomputed(await tx.rules.contestedAmong(missed, keys), policy, keys);
    }
    const told = progress(work, people.length, origin, actor.tenantId);
    if (people.length < BATCH) return tx.rules.finish(work, origin.at, told);
    return tx.rules.advance(work, people.at(-1)!.id, people.length, told);
  },
};

function progress(work: RuleWork, examined: number, origin: Origin, tenantId: string): NewEvent | null {
  const done = work.done + examined;
  if (Math.floor(done / TOLD_EVERY) === Math.floor(work.done / TOLD_EVERY)) return null;
  return event(origin, 'rules.progressed', 'tnt', tenantId, [
    { key: 'done', from: work.done, to: done },
    { key: 'total', from: work.total, to: work.total },
  ]);
}
