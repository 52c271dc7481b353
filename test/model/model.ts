import { type Json, sameJson } from '../../src/domain/json.ts';
import { defaultRule, type Editor, type SourceOfTruth } from '../../src/fields/rule.ts';

/** The fields that the model writes; each has a rule of its own. */
export const standardKeys = ['title', 'department', 'timezone'] as const;
/** The tenant's own: directories may write the first at a path of that name, and nobody but people the second. */
export const customKeys = ['badge', 'pronouns'] as const;
export type CustomKey = (typeof customKeys)[number];
export const keys = [...standardKeys, ...customKeys] as const;
export type Key = (typeof keys)[number];

/** What a directory may write, as its records have it. */
export const recordKeys = [...standardKeys, 'badge'] as const;
export type RecordKey = (typeof recordKeys)[number];

/** One source's word, and its place in the story: later words have higher numbers. */
export type Word = { value: Json; at: number };
export type Words = Partial<Record<Key, Word>>;

/** Places that directories have in a story: the one that stands there may be another later, which calls people the same. */
export const seats = [0, 1] as const;
export type Seat = (typeof seats)[number];

/** Places of people; most happens to the first, so that stories go deep. */
export const slots = [0, 0, 0, 0, 1, 2] as const;

/** What a directory holds of a person: the record it sent, and each word it ever said. */
export type ModelLink = { record: { active?: boolean } & Partial<Record<RecordKey, string>>; words: Words };

/** A person as the table of the three rules is read by hand. `id` is a wire id. */
export type ModelPerson = {
  id: string;
  slot: number;
  version: number;
  status: 'ACTIVE' | 'DEACTIVATED' | 'DELETED';
  /** By number of the directory, in the order in which they came to hold the person. */
  links: Map<number, ModelLink>;
  local: Words | null;
  device: Word | null;
  /** Events that made no version. */
  notes: number;
  /** What counted when the person was deleted. */
  left: Partial<Record<Key, Json>> | null;
};

/** A rule; `directories` are numbers of directories in order. */
export type ModelRule = { sourceOfTruth: SourceOfTruth; editableBy: readonly Editor[]; directories: readonly number[] };

/** All that the hub should know of a tenant. */
export type Model = {
  people: ModelPerson[];
  rules: Record<Key, ModelRule>;
  /** What became of the tenant's own fields; each is made once at most. */
  fields: Record<CustomKey, 'NONE' | 'IN_USE' | 'RETIRED'>;
  /** Whether each directory that there ever was is connected, by number: later ones have higher numbers. */
  live: boolean[];
  /** The seat that each directory has or had. */
  seatOf: Seat[];
  /** Whom an admin said that a directory means, as its number and their id. */
  expected: Set<string>;
  /** The number of the directory of each seat. */
  seated: Record<Seat, number>;
  /** Events of the tenant itself, and refusals. */
  tenantEvents: number;
  refusals: number;
  now: number;
};

export const newModel = (): Model => {
  const rule: ModelRule = { ...defaultRule, directories: [] };
  const pronouns: ModelRule = { ...rule, sourceOfTruth: 'USER' };
  const rules = { title: rule, department: rule, timezone: rule, badge: rule, pronouns };
  return {
    people: [],
    rules,
    fields: { badge: 'NONE', pronouns: 'NONE' },
    live: [true, true],
    seatOf: [0, 1],
    expected: new Set(),
    seated: [0, 1],
    tenantEvents: 0,
    refusals: 0,
    now: 0,
  };
};

/** A person before anybody has said anything. */
export const newPerson = (id: string, slot: number): ModelPerson => ({
  ...{ id, slot, version: 1, status: 'ACTIVE', links: new Map(), local: null, device: null, notes: 0, left: null },
});

/** The person who has that place now, if any. */
export const personAt = (model: Model, slot: number): ModelPerson | undefined =>
  model.people.find((person) => person.slot === slot && person.status !== 'DELETED');

/** The connected directory that has held the person for longest: it says whether they are active. */
export const governor = ({ live }: Model, person: ModelPerson): number | undefined =>
  [...person.links.keys()].find((directory) => live[directory]);

/**
 * The directory that speaks for a field: the first of the rule's list that said anything, then the oldest; one that is
 * disconnected only if no other said anything, and then the one that wrote last.
 */
export function speaker({ rules, live }: Model, person: ModelPerson, key: Key): number | undefined {
  const saying = [...person.links.keys()].filter((directory) => person.links.get(directory)!.words[key]);
  saying.sort((a, b) => a - b);
  const connected = saying.filter((directory) => live[directory]);
  const last = saying.sort((a, b) => person.links.get(b)!.words[key]!.at - person.links.get(a)!.words[key]!.at)[0];
  return rules[key].directories.find((directory) => connected.includes(directory)) ?? connected[0] ?? last;
}

/** The connected directory that owns a field, which nobody else may then edit. */
export function ownerOf(model: Model, person: ModelPerson, key: Key): number | undefined {
  const first = speaker(model, person, key);
  return model.rules[key].sourceOfTruth === 'DIRECTORY' && model.live[first!] ? first : undefined;
}

/** The value that counts, by the table of the three rules. */
export function countingValue(model: Model, person: ModelPerson, key: Key): Json {
  const first = speaker(model, person, key);
  const directory = first === undefined ? undefined : person.links.get(first)!.words[key]!;
  const local = person.local?.[key];
  if (!directory && !local) return key === 'timezone' ? (person.device?.value ?? null) : null;
  if (!directory || !local) return (directory ?? local)!.value;
  const truth = model.rules[key].sourceOfTruth;
  if (truth === 'DIRECTORY' && model.live[first!]) return directory.value;
  if (truth === 'USER') return local.value;
  return local.at > directory.at ? local.value : directory.value;
}

/** The fields that there are. */
export const keysIn = ({ fields }: Model): Key[] =>
  keys.filter((key) => key === 'title' || key === 'department' || key === 'timezone' || fields[key] === 'IN_USE');

/** Every value that counts, by field. */
export const countingValues = (model: Model, person: ModelPerson): Partial<Record<Key, Json>> =>
  Object.fromEntries(keysIn(model).map((key) => [key, countingValue(model, person, key)]));

/** A directory says something; the same again is nothing new. */
export function say(model: Model, link: ModelLink, key: Key, value: Json): void {
  if (link.words[key]?.value === value) return;
  link.words[key] = { value, at: ++model.now };
}

/** Takes over a record as a directory sent it: what it no longer speaks of, it has cleared. True when it is another. */
export function take(model: Model, person: ModelPerson, directory: number, record: ModelLink['record']): boolean {
  const link = person.links.get(directory)!;
  const before = link.record;
  if ((['active', ...recordKeys] as const).every((name) => before[name] === record[name])) return false;
  for (const key of keysIn(model)) {
    if (key === 'pronouns') continue;
    if (record[key] !== undefined) say(model, link, key, record[key]);
    else if (before[key] !== undefined) say(model, link, key, null);
  }
  link.record = record;
  if (governor(model, person) === directory) person.status = statusUnder(link);
  return true;
}

/** The status of a person whom a directory governs. */
export const statusUnder = ({ record }: ModelLink) => (record.active === false ? 'DEACTIVATED' : 'ACTIVE');

/** Ends a person; what counted stays as it was. */
export function end(model: Model, person: ModelPerson): void {
  person.left = countingValues(model, person);
  person.status = 'DELETED';
  person.links.clear();
}

/** People who are there, each with a new version if what counts changed by the change. Returns how many did. */
export function recount(model: Model, change: () => void): number {
  const living = model.people.filter((person) => person.status !== 'DELETED');
  const before = living.map((person) => countingValues(model, person));
  change();
  const changed = living.filter((person, index) => !sameJson(countingValues(model, person), before[index]!));
  for (const person of changed) person.version++;
  return changed.length;
}
