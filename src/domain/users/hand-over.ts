import { settleStanding } from '../admission/settle-standing.ts';
import type { Context } from '../command.ts';
import type { Change } from '../event.ts';
import { keyOf } from '../key.ts';
import { followKind } from '../roles/kind-under.ts';
import { governor, type Person, type PersonSource } from './person.ts';
import { recompute } from './recompute.ts';

/**
 * What becomes of a person whom a directory let go and another one holds: values are computed anew, and where the
 * directory had governed them, userName and status are the next one's. A userName that another person has is left.
 * Before it, `source` must be ended or its directory disconnected. `claimed`: keys of the userNames that were handed over
 * beside this one and are not written yet.
 */
export async function handOver(
  context: Context,
  person: Person,
  source: PersonSource,
  claimed: Set<string>,
): Promise<Change[]> {
  const { tx, policy } = context;
  const place = person.sources.indexOf(source);
  if (source.link!.endedAt) person.sources = person.sources.filter((other) => other !== source);
  const changes = [...recompute(person, policy), ...(await followKind(context, person))];
  const next = governor(person)!;
  if (place > person.sources.indexOf(next)) return changes;
  const { userName, active } = next.link!;
  const isFree = userName !== person.userName && !claimed.has(keyOf(userName));
  if (isFree && !(await tx.users.isNameTaken(userName, person.id))) {
    claimed.add(keyOf(userName));
    changes.push({ key: 'userName', from: person.userName, to: userName });
    person.userName = userName;
  }
  return [...changes, ...(await settleStanding(context, person, active, 'PARKED'))];
}
