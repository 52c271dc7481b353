import { type Actor, demand, type Scope } from './actor.ts';
import type { Seal } from './credentials/secret.ts';
import { HubError, NotNow, StaleWrite } from './errors.ts';
import { event, type Origin, originOf } from './event.ts';
import { type Claim, claimToApply, LostClaim } from './idempotency/claim.ts';
import { uuidOf } from './ids.ts';
import { NeedsTransaction } from './one-transaction.ts';
import type { Policy } from './policy.ts';
import type { Atomicity, Storage, Tx } from './tx.ts';

/** Who calls, and the request that every event and answer names. */
export type Call = {
  actor: Actor;
  requestId: string;
  /** Grows by each command that is through, and each refusal: the transaction of its events, null for one without. */
  done?: (string | null)[];
  /** Id of what is being carried out, as every event names it. */
  cause?: string;
  /** Set for a request that must happen once: its first command says so in its transaction. */
  once?: Claim;
};

/** The hub as commands need it. */
export type Hub = {
  storage: Storage;
  seal: Seal;
  /** Whether an address that somebody names is one to post to, by looking it up; absent: none is. */
  mayCall?: (url: string) => Promise<boolean>;
};

/** What a command works with. */
export type Context = { tx: Tx; actor: Actor; origin: Origin; policy: Policy; seal: Seal };

/** One thing that may happen: the scope it takes, how its writes hold together, and what it does. */
export type Command<Input, Output> = {
  name: string;
  needs: Scope;
  /** True for what a person may do through a product; what they may do to whom is for the command to ask. */
  onBehalf?: true;
  /** A function where it depends on what an admin decided. */
  atomicity: Atomicity | ((policy: Policy, actor: Actor) => Atomicity);
  perform(context: Context, input: Input): Promise<Output>;
};

const ATTEMPTS = 12;

/**
 * Runs a command: the only place that opens a transaction. A write that met another one is decided again on what
 * stands now. A refusal changes nothing and leaves a `request.refused` event.
 */
export async function run<Input, Output>(
  hub: Hub,
  call: Call,
  command: Command<Input, Output>,
  input: Input,
): Promise<Output> {
  try {
    demand(call.actor, command.needs);
    demandOwnName(call.actor, command);
    return await decide(hub, call, command, input);
  } catch (error) {
    if (error instanceof HubError) {
      await noteRefusal(hub, call, { what: command.name, code: error.code, path: error.details.path ?? null });
      noted.add(error);
    }
    throw error;
  }
}

/** What no command has opened to people, no person may do, whatever the key may. */
function demandOwnName({ person }: Actor, { name, onBehalf }: { name: string; onBehalf?: true }): void {
  if (person && !onBehalf) throw new HubError('NOT_ALLOWED', `${name} is not done on behalf of a person.`);
}

async function decide<Input, Output>(hub: Hub, call: Call, command: Command<Input, Output>, input: Input) {
  const { actor } = call;
  const claim = claimToApply(call.once, actor.tenantId);
  let mustHoldTogether = claim !== null;
  for (let attempt = 1; ; attempt++) {
    const policy = await policyFor(hub, actor, attempt > 1);
    // Sign-in believes for a second what was true; a directory's writes end at once.
    if (actor.directoryId && policy.disconnected.has(actor.directoryId)) throw disconnected(actor);
    // A rehearsal ends, so that a policy that was remembered may not refuse.
    if (command.needs === 'provision' && policy.directories.get(actor.directoryId!)?.state === 'REHEARSAL') {
      if (attempt > 1) throw new NotNow(actor.label);
      continue;
    }
    const { atomicity: asked } = command;
    const atomicity = mustHoldTogether ? 'transaction' : typeof asked === 'function' ? asked(policy, actor) : asked;
    try {
      const { output, loggedIn } = await hub.storage.open(actor.tenantId, atomicity, async (tx) => {
        const context = { tx, actor, origin: originOf(actor, call.requestId, call.cause), policy, seal: hub.seal };
        const output = await command.perform(context, input);
        if (claim) await tx.claims.apply(claim);
        return { output, loggedIn: tx.loggedIn };
      });
      if (claim) claim.isApplied = true;
      call.done?.push(loggedIn);
      return output;
    } catch (error) {
      if (attempt === 1 && isPolicyBound(error)) continue;
      if (error instanceof NeedsTransaction && atomicity === 'statement') {
        mustHoldTogether = true;
        continue;
      }
      if (!(error instanceof StaleWrite) || error instanceof LostClaim || attempt === ATTEMPTS) throw error;
      await pause(Math.random() * 2 ** attempt);
    }
  }
}

/** The policy; read again where a directory asks that was connected since. */
async function policyFor({ storage }: Hub, { tenantId, directoryId }: Actor, fresh: boolean): Promise<Policy> {
  const policy = await storage.policy(tenantId, fresh);
  return directoryId && !policy.directories.has(directoryId) ? storage.policy(tenantId, true) : policy;
}

/** A refusal for want of a field that another process may just have made: asked once more under the policy that stands. */
const isPolicyBound = (error: unknown): boolean =>
  error instanceof HubError && [error, ...error.more].some(({ details }) => details.policyBound);

const disconnected = ({ label }: Actor) =>
  new HubError('NOT_ALLOWED', `${label} is disconnected and may not write any more.`);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Refusals that `run` has already recorded. */
const noted = new WeakSet<object>();

/** True when the refusal has its event, so that an adapter need not record it again. */
export const isNoted = (error: object): boolean => noted.has(error);

/** What was refused: the request or command, why, and where in the input. */
export type Refusal = { what: string; code: string; path: string[] | null };

/** Records what was refused to whom and why, never the values that were sent. */
export async function noteRefusal(
  hub: Hub,
  { actor, requestId, done }: Call,
  { what, code, path }: Refusal,
): Promise<void> {
  const subjectKind = actor.kind === 'directory' ? 'dir' : 'key';
  const subjectId = uuidOf(subjectKind, actor.id) ?? actor.tenantId;
  const changes = Object.entries({ request: what, code, path }).map(([key, to]) => ({ key, from: null, to }));
  const refusal = event(originOf(actor, requestId), 'request.refused', subjectKind, subjectId, changes);
  const loggedIn = await hub.storage.open(actor.tenantId, 'statement', async (tx) => {
    await tx.note(refusal);
    return tx.loggedIn;
  });
  done?.push(loggedIn);
}
