import { concludeStanding, standingOf } from '../admission/conclude-standing.ts';
import { settleStanding } from '../admission/settle-standing.ts';
import type { Context } from '../command.ts';
import type { UserRecord } from '../directories/record.ts';
import { HubError } from '../errors.ts';
import { type Change, event } from '../event.ts';
import { withCustomValues } from '../fields/custom-values.ts';
import { type Json, sameJson } from '../json.ts';
import { effective } from '../ownership.ts';
import { fieldOf, ruleOf } from '../policy.ts';
import { followKind } from '../roles/kind-under.ts';
import { addDirectorySource } from './new-person.ts';
import { assertValues, governor, type Link, type Person, type PersonSource } from './person.ts';
import { recompute } from './recompute.ts';

/** `user.adopted`: back from a directory that was disconnected. `user.linked`: an admin said whom the directory means. */
export type Adoption = 'user.adopted' | 'user.linked';

/**
 * Ties a person to the directory that sends them, under the id they have. This first request changes neither their
 * userName nor an e-mail address that counts (attacks.md A5): the record is kept and read back as it was sent, and
 * the directory's next change speaks. Refused with NOT_UNIQUE when another person has the userName.
 */
export async function adoptPerson(context: Context, person: Person, record: UserRecord, name: Adoption) {
  const { tx, actor, origin, policy } = context;
  const { userName, externalId, active, resource } = record;
  if (await tx.users.isNameTaken(userName, person.id)) throw nameTaken();
  const link = { userName, externalId, active, resource, linkedAt: origin.at, endedAt: null };
  const before = standingOf(person);
  const source =
    returnedSource(person, actor.directoryId!, link) ?? addDirectorySource(person, actor.directoryId!, link);
  const values = withCustomValues(record, null, policy.fields);
  const withheld = withholdEmails(context, person, source, values);
  inherit(person, source, values);
  const write = { at: origin.at, actor: origin.actor, request: origin.requestId };
  const changes = assertValues(person, source, values, write, policy);
  changes.push(...recompute(person, policy), ...withheld, ...(await followKind(context, person)));
  changes.push(...(await statusChanges(context, person, source)));
  changes.unshift({ key: 'externalId', from: null, to: externalId });
  person.updatedAt = origin.at;
  await tx.users.save(person, source, event(origin, name, 'usr', person.id, changes), policy);
  await concludeStanding(context, before, person);
  return { ...person, version: person.version + 1 };
}

const nameTaken = () => new HubError('NOT_UNIQUE', 'userName is taken by another person.', { path: ['userName'] });

/** Takes out of `values` the addresses that would change what counts; what the directory said is told as a shadow. */
function withholdEmails(
  { policy }: Context,
  person: Person,
  source: PersonSource,
  values: Record<string, Json>,
): Change[] {
  const withheld: Change[] = [];
  for (const key of Object.keys(values)) {
    if (fieldOf(policy, key)?.type !== 'EMAIL') continue;
    const value = values[key]!;
    const said = { ...source, asserted: { [key]: { value, write: person.version + 1 } } };
    const sources = person.sources.map((other) => (other === source ? said : other));
    if (sameJson(effective(ruleOf(policy, key), key, sources), person.values[key] ?? null)) continue;
    delete values[key];
    withheld.push({ key, from: null, to: value, shadow: true });
  }
  return withheld;
}

/**
 * A value that disconnected directories had left is not newly written by the one that sends it again: it is as old as it
 * was. So an edit made in between stays under LATEST, unless the directory really says something else.
 */
function inherit(person: Person, source: PersonSource, values: Record<string, Json>): void {
  for (const key of Object.keys(values)) {
    const left = lastLeft(person, key);
    const cell = left?.asserted[key];
    if (!left || !cell || !sameJson(cell.value, values[key]!)) continue;
    source.asserted[key] = cell;
    source.writes[cell.write] = left.writes[cell.write]!;
  }
}

/** The disconnected directory that wrote the field last. */
function lastLeft(person: Person, key: string): PersonSource | undefined {
  return person.sources
    .filter((source) => source.kind === 'DIRECTORY' && !source.live && Object.hasOwn(source.asserted, key))
    .sort((one, other) => other.asserted[key]!.write - one.asserted[key]!.write)[0];
}

/** The source of a directory that had let go of the person, holding them again. */
function returnedSource(person: Person, directoryId: string, link: Link): PersonSource | null {
  const source = person.sources.find(({ id }) => id === directoryId);
  if (!source) return null;
  source.link = link;
  source.live = true;
  return source;
}

async function statusChanges(context: Context, person: Person, source: PersonSource): Promise<Change[]> {
  return governor(person) === source ? settleStanding(context, person, source.link!.active) : [];
}
