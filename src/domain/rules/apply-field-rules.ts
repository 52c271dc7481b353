import { setTimeout as pause } from 'node:timers/promises';
import { type Call, type Command, type Context, type Hub, run } from '../command.ts';
import { HubError } from '../errors.ts';
import type { Policy } from '../policy.ts';
import { recomputed } from './contested.ts';
import { readToken, stalePreview } from './preview-token.ts';
import { digestOf, type Impact, readImpact, withRules } from './read-impact.ts';
import { editedRules, keysDecided, type Rules } from './rule-edit.ts';
import { changeOf } from './save-field-rules.ts';
import { recomputeAll } from './set-field-rules.ts';

/** How long writers may be kept waiting for those who began before the fence. */
const LONGEST_SETTLE_MS = 100;
const FENCES = 20;

/**
 * Applies exactly what the preview of that token showed, or refuses with STALE_PREVIEW and changes nothing.
 *
 * Why no write can come between: the impact is computed anew and must have the digest that was previewed. Whoever was
 * written meanwhile is found by the log and compared again, first while writers go on, then behind a fence: the version of
 * the policy is raised to one that nobody is given, so that every write which begins then writes nothing and is decided
 * again afterwards; those that had begun are waited for. If all is still as previewed, the statement that lifts the fence
 * writes the rules. What people and directories write from then on is decided by the new rules, and comes later.
 */
export async function applyFieldRules(hub: Hub, call: Call, token: string): Promise<{ usersChanged: number }> {
  await hub.storage.policy(call.actor.tenantId, true);
  const plan = await run(hub, call, readPlan, token);
  const impact = await readImpact(hub, call, plan.rules, plan.policy);
  await run(hub, call, commit, { ...plan, impact });
  return { usersChanged: plan.rules.size === 0 ? 0 : await recomputeAll(hub, call) };
}

type Plan = { rules: Rules; policy: Policy; digest: string; horizon: string };

const readPlan: Command<string, Plan> = {
  name: 'applyFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform(context, token) {
    const { tx, policy, seal, actor } = context;
    const { edit, digest } = readToken(seal, actor.tenantId, token, Date.now());
    const rules = await editedRules(context, edit).catch((error) => {
      throw error instanceof HubError ? stalePreview('A field or directory of this preview is gone.') : error;
    });
    return { rules, policy, digest, horizon: await tx.rules.horizon() };
  },
};

const commit: Command<Plan & { impact: Impact }, void> = {
  name: 'applyFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform(context, plan) {
    if (plan.impact.digest !== plan.digest) throw stalePreview(CHANGED);
    if (context.policy.version !== plan.policy.version) throw stalePreview(CHANGED);
    if (plan.rules.size === 0) return;
    const horizon = await context.tx.rules.horizon();
    await demandAsPreviewed(context, plan, plan.horizon);
    await commitBehindFence(context, plan, horizon);
  },
};

const CHANGED = 'What this preview showed would change otherwise now; nothing was changed. Preview again.';

/** The fence stands for some milliseconds; it is lifted and tried again later while a long write is under way. */
async function commitBehindFence(context: Context, plan: Plan & { impact: Impact }, horizon: string): Promise<void> {
  const { tx, origin, actor } = context;
  const change = changeOf(plan.rules, plan.policy, origin, actor.tenantId);
  let version = plan.policy.version;
  for (let fence = 1; fence <= FENCES; fence++) {
    const fenced = await tx.rules.fence(version);
    try {
      if (await tx.rules.settleOlderWrites(LONGEST_SETTLE_MS)) {
        await demandAsPreviewed(context, plan, horizon);
        return await tx.rules.save(change, fenced);
      }
    } catch (error) {
      await tx.rules.lift(fenced);
      throw error;
    }
    version = await tx.rules.lift(fenced);
    await pause(LONGEST_SETTLE_MS * fence);
  }
  throw stalePreview('People are being changed without a pause; nothing was changed. Try again later.');
}

/** Compares whoever has been written since with what was previewed of them. */
async function demandAsPreviewed({ tx }: Context, { rules, policy, impact }: Plan & { impact: Impact }, since: string) {
  const written = await tx.rules.writtenSince(since);
  if (written.length === 0) return;
  const keys = keysDecided(rules, policy);
  const now = new Map<string, string>();
  for (const { person, changes } of recomputed(
    await tx.rules.contestedAmong(written, keys),
    withRules(policy, rules),
    keys,
  ))
    now.set(person.id, digestOf(person.id, changes));
  if (written.some((id) => now.get(id) !== impact.digests.get(id))) throw stalePreview(CHANGED);
}
