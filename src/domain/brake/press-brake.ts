import { type Context } from '../command.ts';
import type { DirectoryPolicy } from '../directories/directory-policy.ts';
import { StaleWrite } from '../errors.ts';
import { demandTransaction } from '../one-transaction.ts';
import type { Policy } from '../policy.ts';
import type { Count, Counted } from './brake-store.ts';
import { tripBrake } from './trip-brake.ts';

/** What to go on with: whether the write is to be held, under a policy that is newer where the brake has just tripped. */
export type Pressed = { context: Context; holds: boolean };

/**
 * Asked by every write of a directory by which these people would go, leave a group or come, before it is made
 * (seeds S30). Nothing is refused: what is too much is held. Commands that mostly make one write begin again as a
 * transaction when they come here.
 */
export async function pressBrake(context: Context, kind: Counted, userIds: readonly string[]): Promise<Pressed> {
  const { tx, actor, policy } = context;
  const directory = policy.directories.get(actor.directoryId!);
  if (!directory || userIds.length === 0 || !isWatched(directory.state)) return { context, holds: false };
  demandTransaction(context.tx);
  const count = await tx.brakes.count(actor.directoryId!, kind, userIds);
  // What is remembered of the directory may be older than the count, which nobody else can change now.
  if (count.state !== directory.state) throw new StaleWrite();
  const most = mostOf(kind, directory.policy, count);
  if (count.state === 'BRAKED' && kind === 'LOSS') return { context, holds: true };
  if (count.counted <= most) return { context, holds: false };
  return { context: count.state === 'BRAKED' ? context : await tripBrake(context, kind, most, count), holds: true };
}

const isWatched = (state: string): boolean => state === 'ACTIVE' || state === 'BRAKED';

/** True where the number of people whom the directory makes matters: each create is then counted. */
export const countsCreates = ({ directories }: Policy, directoryId: string | null): boolean =>
  directoryId !== null && (directories.get(directoryId)?.policy.brakeCreatesPerRun ?? null) !== null;

/** How many the brake lets pass within the hour. */
function mostOf(kind: Counted, policy: DirectoryPolicy, { base }: Count): number {
  if (kind === 'CREATE') return policy.brakeCreatesPerRun ?? Number.POSITIVE_INFINITY;
  return Math.max(policy.brakeMinimum, Math.floor((base * policy.brakePercent) / 100));
}
