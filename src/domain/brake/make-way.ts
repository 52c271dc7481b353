import { type Context } from '../command.ts';
import { demandTransaction } from '../one-transaction.ts';
import { carryOutDeletion } from '../users/deprovision-user.ts';

/**
 * The directory deleted somebody and sends another one of that userName: as nothing is refused while the brake is on, the
 * deletion that is held is carried out, for that person alone.
 */
export async function makeWay(context: Context, userName: string): Promise<void> {
  const { tx, actor, origin, policy } = context;
  const directoryId = actor.directoryId!;
  if (policy.directories.get(directoryId)?.state !== 'BRAKED') return;
  const [person] = await tx.users.findByUserName(userName);
  const source = person?.sources.find(({ id, link }) => id === directoryId && link?.endedAt);
  if (!source || person!.waitsFor !== 'BRAKE') return;
  demandTransaction(context.tx);
  source.link!.endedAt = origin.at;
  person!.waitsFor = null;
  person!.updatedAt = origin.at;
  await carryOutDeletion(context, person!, source);
  await tx.brakes.forget(directoryId, 'LOSS', person!.id);
}
