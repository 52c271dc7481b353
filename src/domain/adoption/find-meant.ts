import type { Context } from '../command.ts';
import type { UserRecord } from '../directories/record.ts';
import { directoryPolicy } from '../policy.ts';
import { governor, type Person } from '../users/person.ts';

/**
 * Whom the record means who has been the directory's before: whom it let go and who stayed (seeds DS4), whom
 * its brake holds, or whom a disconnected directory left (seeds DY3). Of several, none can be meant.
 */
export async function findMeant(context: Context, record: UserRecord): Promise<Person | null> {
  return (await findKept(context, record)) ?? (await findLeft(context, record.externalId));
}

async function findKept({ tx, actor, policy }: Context, { externalId, userName }: UserRecord): Promise<Person | null> {
  const isBraked = policy.directories.get(actor.directoryId!)?.state === 'BRAKED';
  if (!isBraked && directoryPolicy(policy, actor.directoryId!).onDelete === 'DELETE') return null;
  return onlyFree(await tx.users.findKept(actor.directoryId!, externalId, userName));
}

async function findLeft({ tx, actor, policy }: Context, externalId: string | null): Promise<Person | null> {
  if (policy.disconnected.size === 0 || externalId === null || externalId.trim() === '') return null;
  return onlyFree(await tx.users.findLeft(actor.directoryId!, externalId));
}

const onlyFree = ([person, another]: Person[]): Person | null =>
  person && !another && !governor(person) ? person : null;
