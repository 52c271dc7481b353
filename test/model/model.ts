import type { Json } from '../../src/domain/json.ts';
import { defaultRule, type Editor, type SourceOfTruth } from '../../src/fields/rule.ts';

/** The fields that the model writes; each has a rule of its own. */
export const keys = ['title', 'department', 'timezone'] as const;
export type Key = (typeof keys)[number];

/** One source's word, and its place in the story: later words have higher numbers. */
export type Word = { value: Json; at: number };
export type Words = Partial<Record<Key, Word>>;

/** What a directory holds of a person: the record it sent, and each word it ever said. */
export type ModelLink = { record: { active?: boolean } & Partial<Record<Key, string>>; words: Words };

/** A person as the table of the three rules is read by hand. `id` is a wire id. */
export type ModelPerson = {
  id: string;
  slot: number;
  version: number;
  status: 'ACTIVE' | 'DEACTIVATED' | 'DELETED';
  links: Map<number, ModelLink>;
  local: Words | null;
  device: Word | null;
};

/** A rule; `directories` are numbers of directories in order. */
export type ModelRule = { sourceOfTruth: SourceOfTruth; editableBy: readonly Editor[]; directories: readonly number[] };

/** All that the hub should know of a tenant. */
export type Model = {
  people: ModelPerson[];
  rules: Record<Key, ModelRule>;
  /** Events of the tenant itself, and refusals. */
  tenantEvents: number;
  refusals: number;
  now: number;
};

export const newModel = (): Model => {
  const rule: ModelRule = { ...defaultRule, directories: [] };
  return { people: [], rules: { title: rule, department: rule, timezone: rule }, tenantEvents: 0, refusals: 0, now: 0 };
};

/** The person who has that place now, if any. */
export const personAt = (model: Model, slot: number): ModelPerson | undefined =>
  model.people.find((person) => person.slot === slot && person.status !== 'DELETED');

/** The directory that speaks for a field: the first of the rule's list that said anything, then the oldest. */
export function speaker({ rules }: Model, person: ModelPerson, key: Key): number | undefined {
  const saying = [...person.links.keys()].filter((directory) => person.links.get(directory)!.words[key]).sort();
  return rules[key].directories.find((directory) => saying.includes(directory)) ?? saying[0];
}

/** The value that counts, by the table of the three rules. */
export function countingValue(model: Model, person: ModelPerson, key: Key): Json {
  const first = speaker(model, person, key);
  const directory = first === undefined ? undefined : person.links.get(first)!.words[key]!;
  const local = person.local?.[key];
  if (!directory && !local) return key === 'timezone' ? (person.device?.value ?? null) : null;
  if (!directory || !local) return (directory ?? local)!.value;
  const truth = model.rules[key].sourceOfTruth;
  if (truth === 'DIRECTORY') return directory.value;
  if (truth === 'USER') return local.value;
  return local.at > directory.at ? local.value : directory.value;
}

/** Every value that counts, by person and field. */
export const countingValues = (model: Model, person: ModelPerson): Record<Key, Json> => ({
  title: countingValue(model, person, 'title'),
  department: countingValue(model, person, 'department'),
  timezone: countingValue(model, person, 'timezone'),
});

/** A directory says something; the same again is nothing new. */
export function say(model: Model, link: ModelLink, key: Key, value: Json): void {
  if (link.words[key]?.value === value) return;
  link.words[key] = { value, at: ++model.now };
}

/** Takes over a record as a directory sent it: what it no longer speaks of, it has cleared. True when it is another. */
export function take(model: Model, person: ModelPerson, link: ModelLink, record: ModelLink['record']): boolean {
  const before = link.record;
  if ((['active', ...keys] as const).every((name) => before[name] === record[name])) return false;
  for (const key of keys) {
    if (record[key] !== undefined) say(model, link, key, record[key]);
    else if (before[key] !== undefined) say(model, link, key, null);
  }
  link.record = record;
  person.status = record.active === false ? 'DEACTIVATED' : 'ACTIVE';
  return true;
}
