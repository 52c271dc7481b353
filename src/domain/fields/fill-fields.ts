import { type Call, type Command, type Hub, run } from '../command.ts';
import { StaleWrite } from '../errors.ts';
import { event } from '../event.ts';
import type { Policy } from '../policy.ts';
import { settleWrites } from '../rules/set-field-rules.ts';
import { refill } from './refill.ts';

/** How many people one transaction looks at; the rows of those whom the field concerns are locked for that long. */
const BATCH = 150;

/**
 * Computes the fields that were made, mapped or typed anew, over stored rows; safe to repeat, as after a crash. Writes that
 * were computed before the change are waited for, so that none of them slips through. Returns how many people changed.
 */
export async function fillFields(hub: Hub, call: Call): Promise<number> {
  const ids = await run(hub, call, listPending, undefined);
  if (ids.length === 0) return 0;
  const { version } = await hub.storage.policy(call.actor.tenantId, true);
  await run(hub, call, settleWrites, undefined);
  let usersChanged = 0;
  for (const id of ids) {
    let after: string | null = null;
    do {
      const batch: BatchResult = await run(hub, call, fillBatch, { id, after, version });
      usersChanged += batch.changed;
      after = batch.last;
    } while (after !== null);
    await run(hub, call, markFilled, { id });
  }
  return usersChanged;
}

type BatchResult = { changed: number; last: string | null };

const listPending: Command<void, string[]> = {
  name: 'listPendingFields',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx }) => tx.fields.pending(),
};

const fillBatch: Command<{ id: string; after: string | null; version: number }, BatchResult> = {
  name: 'fillField',
  needs: 'rules:write',
  atomicity: 'transaction',
  async perform({ tx, origin, policy }, { id, after, version }) {
    // Nothing to write is decided under the policy that stands, too.
    if (policy.version < version) throw new StaleWrite();
    const field = inUse(policy, id);
    if (!field) return { changed: 0, last: null };
    const { people, next } = await tx.fields.lockConcerned(field, after, BATCH);
    const changed = people.flatMap((person) => {
      const filled = refill(person, field, policy);
      if (!filled) return [];
      const { sources, change } = filled;
      return [{ person, sources, event: event(origin, 'user.updated', 'usr', person.id, [change]) }];
    });
    if (people.length > 0) await tx.fields.saveFilled(field, people, changed, policy);
    return { changed: changed.length, last: next };
  },
};

const markFilled: Command<{ id: string }, void> = {
  name: 'markFilled',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform({ tx, policy }, { id }) {
    const field = inUse(policy, id);
    if (field) await tx.fields.markFilled(field);
  },
};

const inUse = ({ fields }: Policy, id: string) => fields.custom.find((field) => field.id === id) ?? null;
