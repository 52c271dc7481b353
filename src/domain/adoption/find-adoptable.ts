import type { Context } from '../command.ts';
import type { UserRecord } from '../directories/record.ts';
import { HubError } from '../errors.ts';
import { wireId } from '../ids.ts';
import { directoryPolicy } from '../policy.ts';
import { governor, type Person } from '../users/person.ts';

/**
 * The person here whose e-mail address the record has, where policy lets the directory take them over (seeds S23): never
 * one whom a directory holds, nor one with power over the hub. Where an admin is to decide, the record is refused with
 * NOT_UNIQUE, and `asks` says of whom.
 */
export async function findAdoptable(context: Context, record: UserRecord): Promise<Person | null> {
  const { adopt, adoptDomains } = directoryPolicy(context.policy, context.actor.directoryId!);
  const { email } = record.values;
  if (adopt === 'NEVER' || typeof email !== 'string' || !isWithin(adoptDomains, email)) return null;
  const [person, another] = await context.tx.users.findByEmail(email);
  if (!person || another || governor(person)) return null;
  if (await context.tx.users.isPrivileged(person.id)) return null;
  if (adopt === 'BY_EMAIL') return person;
  // Whom an approved record means is found when it is written; a declined one makes somebody new.
  const { externalId } = record;
  if (externalId && (await context.tx.adoptions.isDecided(context.actor.directoryId!, externalId))) return null;
  const message = `Somebody here has the e-mail address of ${record.userName}; an admin decides whether they are the same.`;
  throw new HubError('NOT_UNIQUE', message, {
    path: ['emails'],
    subject: wireId('usr', person.id),
    asks: { userId: person.id, reason: 'EMAIL' },
  });
}

function isWithin(domains: readonly string[], email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  return domains.length === 0 || domains.some((one) => one.toLowerCase() === domain);
}
