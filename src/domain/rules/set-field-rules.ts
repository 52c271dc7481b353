import { type Call, type Command, type Hub, run } from '../command.ts';
import { event } from '../event.ts';
import { recompute } from '../users/recompute.ts';
import { type FieldRulesEdit, saveFieldRules } from './save-field-rules.ts';

/** How many people one transaction recomputes: their rows are locked for that long. */
const BATCH = 200;

/**
 * Changes rules, then recomputes whoever they concern, over stored rows. The rules are committed first and writes that
 * were computed under the old ones are waited for, so no value can slip through between. Returns how many people changed.
 */
export async function setFieldRules(hub: Hub, call: Call, edit: FieldRulesEdit): Promise<{ usersChanged: number }> {
  const changed = await run(hub, call, saveFieldRules, edit);
  return { usersChanged: changed.size === 0 ? 0 : await recomputeAll(hub, call) };
}

/** Recomputes everyone whose values could depend on a rule; safe to repeat, as after a crash. */
export async function recomputeAll(hub: Hub, call: Call): Promise<number> {
  const policy = await hub.storage.policy(call.actor.tenantId, true);
  await run(hub, call, settle, undefined);
  let after: string | null = null;
  let usersChanged = 0;
  do {
    const batch: BatchResult = await run(hub, call, recomputeBatch, { after });
    usersChanged += batch.changed;
    after = batch.last;
  } while (after !== null);
  await run(hub, call, markApplied, { version: policy.version });
  return usersChanged;
}

type BatchResult = { changed: number; last: string | null };

const settle: Command<void, void> = {
  name: 'settleOlderWrites',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx }) => tx.rules.settleOlderWrites(),
};

const recomputeBatch: Command<{ after: string | null }, BatchResult> = {
  name: 'recompute',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform({ tx, origin, policy }, { after }) {
    const people = await tx.rules.lockContested(after, BATCH);
    const changed = [];
    for (const person of people) {
      const changes = recompute(person, policy);
      if (changes.length === 0) continue;
      person.updatedAt = origin.at;
      changed.push({ person, event: event(origin, 'user.updated', 'usr', person.id, changes) });
    }
    for (const { person, event } of changed) await tx.users.save(person, null, event, policy);
    return { changed: changed.length, last: people.length < BATCH ? null : people.at(-1)!.id };
  },
};

const markApplied: Command<{ version: number }, void> = {
  name: 'markApplied',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx }, { version }) => tx.rules.markApplied(version),
};
