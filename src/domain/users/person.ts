import type { GroupOfUser } from '../directories/record-reader.ts';
import type { Change } from '../event.ts';
import { type Json, type JsonObject, sameJson } from '../json.ts';
import { type Cell, effective, isNews, localWrites, type Source, type Write } from '../ownership.ts';
import { type Policy, ruleOf } from '../policy.ts';

/** The source that people and products write to. */
export const LOCAL = 'LOCAL';

/** The source that a person's device speaks as, through a product. */
export const DEVICE = 'DEVICE';

export type UserKind = 'MEMBER' | 'STAKEHOLDER';
/** What keeps a person out: an app role, a group, or an admin's decision about what the brake holds. */
export type WaitsFor = 'ROLE' | 'GROUP' | 'BRAKE';
export type UserStatus = 'STAGED' | 'PARKED' | 'INVITED' | 'ACTIVE' | 'DEACTIVATED' | 'DELETED';

/** The tie of a person to one directory: what that directory calls them, and the record exactly as it sent it. */
export type Link = {
  externalId: string | null;
  userName: string;
  active: boolean;
  /** The whole record in the directory's language; read back as it is. */
  resource: JsonObject;
  linkedAt: string;
  /** When the directory deleted the person; the link is then history. */
  endedAt: string | null;
  /** True of an ended link of a person who stays: what the directory had said is then a base, as of one disconnected. */
  kept?: boolean;
};

/** A source of assertions about a person, with its link when it is a directory. */
export type PersonSource = Source & { link: Link | null };

/** A person with everything that any source says of them. */
export type Person = {
  id: string;
  version: number;
  kind: UserKind;
  /** A rule of roles made them that, and takes it back when it no longer holds. */
  kindByRule: boolean;
  status: UserStatus;
  /** When `status` last changed. */
  statusAt: string;
  visible: boolean;
  /** Whether they take one of the tenant's seats: from their admission until they are deleted. */
  seated: boolean;
  waitsFor: WaitsFor | null;
  /** When they first became active; whoever has been is invited no more. */
  activatedAt: string | null;
  /** By what they sign in, as it was when they came; what a directory changes later does not move it (seeds S10). */
  loginId: string | null;
  userName: string;
  /** The values that count, by field key; absent: none. */
  values: Record<string, Json>;
  sources: PersonSource[];
  /** The groups that the calling directory has them in, where these were read with them. */
  groups?: GroupOfUser[];
  /** Whether they were given any role directly, where that was read with them; a grant raises their version. */
  granted?: boolean;
  createdAt: string;
  updatedAt: string;
};

/** What a source says, by field key. */
export const saidBy = ({ asserted }: Source): Record<string, Json> =>
  Object.fromEntries(Object.entries(asserted).map(([key, { value }]) => [key, value]));

/** The directory that holds the oldest live link to the person, if any: userName and status of the person are its own. */
export const governor = (person: Person): PersonSource | null =>
  person.sources.find((source) => source.kind === 'DIRECTORY' && source.live) ?? null;

/**
 * Writes a source's values into the person's assertions and recomputes what counts. Returns the changes;
 * none when the source said nothing new. The person's version is the caller's to raise.
 */
export function assertValues(
  person: Person,
  source: PersonSource,
  given: Record<string, Json>,
  write: Write,
  policy: Policy,
): Change[] {
  const version = person.version + 1;
  const changes: Change[] = [];
  for (const key of Object.keys(given)) {
    const value = given[key]!;
    const before = Object.hasOwn(source.asserted, key) ? source.asserted[key] : undefined;
    const current = person.values[key] ?? null;
    const writes = source.kind === 'LOCAL' ? localWrites(before, value, current) : isNews(before, value);
    if (!writes) continue;
    const change = setWord(person, source, key, { value, write: version }, policy);
    if (change) changes.push(change);
  }
  if (changes.length > 0) remember(source, version, write);
  return changes;
}

/** Drops a source's word on a field; what counts is then another's. Returns null when it had none. */
export function withdraw(person: Person, source: PersonSource, key: string, policy: Policy): Change | null {
  const change = setWord(person, source, key, undefined, policy);
  forgetUnused(source);
  return change;
}

/** Sets or drops a source's word on a field and computes what counts; null when it neither had nor has one. */
export function setWord(
  person: Person,
  source: PersonSource,
  key: string,
  word: Cell | undefined,
  policy: Policy,
): Change | null {
  const before = Object.hasOwn(source.asserted, key) ? source.asserted[key] : undefined;
  if (!before && !word) return null;
  if (word) source.asserted[key] = word;
  else delete source.asserted[key];
  const change = settle(person, key, policy, before?.value ?? null, word?.value ?? null);
  return { ...change, ...(before && { replaced: before.write }), ...(!word && { withdrawn: true as const }) };
}

/** Recomputes one field; the change is a shadow when the value that counts stays. */
function settle(person: Person, key: string, policy: Policy, before: Json, asserted: Json): Change {
  const current = person.values[key] ?? null;
  const value = effective(ruleOf(policy, key), key, person.sources);
  if (sameJson(value, current)) return { key, from: before, to: asserted, shadow: true };
  person.values[key] = value;
  const change = { key, from: current, to: value };
  return sameJson(before, current) ? change : { ...change, asserted: before };
}

function remember(source: PersonSource, version: number, write: Write): void {
  source.writes[version] = write;
  forgetUnused(source);
}

/** Drops the notes on words that the source no longer says. */
export function forgetUnused(source: PersonSource): void {
  const used = new Set<string>();
  for (const key of Object.keys(source.asserted)) used.add(String(source.asserted[key]!.write));
  for (const version of Object.keys(source.writes)) if (!used.has(version)) delete source.writes[version];
}
