import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { walkBack } from '../../src/domain/history/walk-back.ts';
import { uuidOf } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import { getUser } from '../../src/scim/operations/users.ts';
import type { Statement } from '../../src/storage/database.ts';
import { historyReader } from '../../src/storage/history/history-reader.ts';
import { demandReadBack } from './commands/directory.ts';
import { countingValues, type Key, keys, keysIn, type Model, type ModelPerson, type Words } from './model.ts';
import { momentsOf } from './past.ts';
import type { World } from './world.ts';

/** Everything that is checked after a command, in one statement. */
const readState: Statement = {
  name: 'model-state',
  text: `
select (select count(*)::int from events where tenant_id = $1 and name = 'request.refused') as refusals,
  (select count(*)::int from events where tenant_id = $1 and name = 'rules.updated') as "tenantEvents",
  (select coalesce(json_agg(json_build_object('id', u.id, 'status', u.status, 'visible', u.visible, 'version', u.version,
    'userName', u.user_name, 'values', json_build_object('title', u.title, 'department', u.department, 'timezone', u.timezone,
      'badge', u.custom->'badge', 'pronouns', u.custom->'pronouns'),
    'events', (select count(*)::int from events e where e.tenant_id = $1 and e.subject_id = u.id),
    'sources', (select json_object_agg(s.source_id, s.asserted) from user_sources s
      where s.tenant_id = $1 and s.user_id = u.id and s.ended_at is null and s.asserted <> '{}')) order by u.id), '[]')
    from users u where u.tenant_id = $1) as people`,
};

type Asserted = Record<string, Record<string, { value: Json; write: number }>>;
type StoredPerson = {
  id: string;
  status: string;
  sources: Asserted | null;
  values: Record<string, Json>;
  version: number;
};
type State = { refusals: number; tenantEvents: number; people: StoredPerson[] };

const LOCAL = '00000000-0000-0000-0000-00000000000a';
const DEVICE = '00000000-0000-0000-0000-00000000000d';

/**
 * The hub holds what the model says: every value follows from rule and words, every word is kept, status and visibility
 * are right, and each person has exactly one event for each version, so that a change has one and a no-op has none.
 */
export async function demandInvariants({ database, model, tenantId, directories }: World): Promise<void> {
  const [row] = await database.session(tenantId, (session) => session.run<State>(readState, [tenantId]));
  const actual = {
    ...row!,
    people: row!.people.map(({ sources, values, ...person }) => ({
      ...person,
      values: known(model, values),
      words: person.status === 'DELETED' ? null : wordsIn(model, sources ?? {}),
    })),
  };
  const ids = directories.map(({ directoryId }) => directoryId);
  const expected = expectedState(model, ids);
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** What is said of fields that there are. */
const known = <Value>(model: Model, values: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(values).filter(([key]) => keysIn(model).includes(key as Key)));

/** The sources of the deleted are history; of the others, each word without its version. */
function wordsIn(model: Model, sources: Asserted): Record<string, Record<string, Json>> {
  const words: Record<string, Record<string, Json>> = {};
  for (const [id, asserted] of Object.entries(sources)) {
    const said = Object.entries(known(model, asserted)).map(([key, { value }]) => [key, value]);
    if (said.length > 0) words[id] = Object.fromEntries(said);
  }
  return words;
}

const expectedState = (model: Model, directories: readonly string[]) => ({
  refusals: model.refusals,
  tenantEvents: model.tenantEvents,
  people: model.people
    .map((person) => expectedPerson(model, person, directories))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
});

const nothing: Record<string, Json> = Object.fromEntries(keys.map((key) => [key, null]));

function expectedPerson(model: Model, person: ModelPerson, directories: readonly string[]) {
  const { id, slot, status, version } = person;
  const isDeleted = status === 'DELETED';
  return {
    id: uuidOf('usr', id)!,
    status,
    visible: true,
    version,
    userName: `person${slot}`,
    values: person.left ? known(model, { ...nothing, ...person.left }) : countingValues(model, person),
    events: version + person.notes,
    words: isDeleted ? null : wordsOf(model, person, directories),
  };
}

function wordsOf(model: Model, { links, local, device }: ModelPerson, directories: readonly string[]) {
  const words: Record<string, Record<string, Json>> = {};
  const add = (id: string, said: Words) => {
    const entries = Object.entries(known(model, said)).map(([key, word]) => [key, word.value]);
    if (entries.length > 0) words[id] = Object.fromEntries(entries);
  };
  for (const [index, link] of links) add(directories[index]!, link.words);
  if (local) add(LOCAL, local);
  if (device) add(DEVICE, { timezone: device });
  return words;
}

/** At the end of a story: each directory reads back its own last words, and the log tells how every value came to be. */
export async function demandStory(world: World): Promise<void> {
  const { database, model, tenantId, directories } = world;
  for (const person of model.people) {
    for (const [number, link] of person.links) {
      if (!model.live[number]) continue;
      demandReadBack(await getUser(directories[number]!, person.id), model.seatOf[number]!, person, link);
    }
  }
  await demandPast(world);
  const events = await database.session(tenantId, (session) =>
    session.run<{ subject_id: string; changes: { key: string; to: Json; shadow?: true }[] }>(readEvents, [tenantId]),
  );
  for (const person of model.people.filter(({ status }) => status !== 'DELETED')) {
    const told: Record<string, Json> = Object.fromEntries(keysIn(model).map((key) => [key, null]));
    for (const { changes } of events.filter(({ subject_id }) => subject_id === uuidOf('usr', person.id))) {
      for (const { key, to, shadow } of changes) if (key in told && !shadow) told[key] = to;
    }
    expect(told).toEqual(countingValues(model, person));
  }
}

/** Everyone is shown as they were when each of their events had just happened. */
async function demandPast({ database, hub, model, past, tenantId }: World): Promise<void> {
  const reader = historyReader(database, (id) => hub.storage.policy(id, false));
  const ids = model.people.map(({ id }) => uuidOf('usr', id)!);
  const present = await reader.present(tenantId, ids);
  const moments = momentsOf(past);
  const events = await reader.since(tenantId, ids, new Date(0).toISOString(), 10_000, 100_000);
  for (const { personId, at, ...was } of moments) {
    const index = ids.indexOf(uuidOf('usr', personId)!);
    const later = events[index]!.filter((event) => event.at > at);
    const { status, userName, values } = walkBack(present[index]!, later);
    const told = keysIn(model).map((key) => [key, values.get(key) ?? null]);
    const expected = { ...was, values: { ...known(model, { ...nothing, ...was.values }) } };
    expect({ status, userName, values: Object.fromEntries(told) }, `${personId} at ${at}`).toEqual(expected);
  }
}

const readEvents: Statement = {
  name: 'model-events',
  text: `select subject_id, changes from events where tenant_id = $1 and subject_kind = 'usr' order by xact, seq`,
};
