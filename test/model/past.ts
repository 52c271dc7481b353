import { uuidOf } from '../../src/domain/ids.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Statement } from '../../src/storage/database.ts';
import { countingValues, type Key, keys, type ModelLink, type ModelPerson, type Word, type Words } from './model.ts';
import type { World } from './world.ts';

/** Whose words: a directory by number, people or their device. */
export type Speaker = number | 'LOCAL' | 'DEVICE';

/** What one command did to one person, as the hub logged it and as the model saw it. */
export type Deed = {
  personId: string;
  command: string;
  event: EventRow;
  /** Words that somebody gave or took back, by `speaker key`; what a new field reads from records nobody did. */
  touched: Set<string>;
  before: Snapshot;
  after: Snapshot;
};

/** A person at one moment. Links are the very ones, so that one that was made again is told from them. */
export type Snapshot = {
  status: ModelPerson['status'];
  links: Map<number, { link: ModelLink; record: ModelLink['record']; words: Words }>;
  local: Words;
  device: Word | null;
};

/** What was true right after an event. */
export type Moment = {
  personId: string;
  at: string;
  status: string;
  userName: string;
  values: Partial<Record<Key, Json>>;
};

type EventRow = { xact: string; seq: string; at: string; name: string; subjectId: string };

/** All that happened in a story so far, the oldest first. */
export type Past = { deeds: Deed[]; moments: Moment[]; present: Map<string, Snapshot>; last: string };

export const newPast = (): Past => ({ deeds: [], moments: [], present: new Map(), last: '0' });

const readNews: Statement = {
  name: 'model-news',
  text: `
select xact::text as xact, seq::text as seq, at, name, subject_id as "subjectId" from events
where tenant_id = $1 and seq > $2::bigint and subject_kind = 'usr' and object_id is null and name <> 'request.refused'
order by seq`,
};

/** Takes down what a command did. */
export async function remember({ database, tenantId, model, past }: World, command: string): Promise<void> {
  const news = await database.session(tenantId, (session) => session.run<EventRow>(readNews, [tenantId, past.last]));
  past.last = news.at(-1)?.seq ?? past.last;
  for (const person of model.people) {
    const after = snapshotOf(person);
    const before = past.present.get(person.id);
    past.present.set(person.id, after);
    const events = news.filter(
      ({ subjectId, name }) => subjectId === uuidOf('usr', person.id) && name !== 'user.link.expected',
    );
    const event = events.at(-1);
    if (!event) continue;
    if (before)
      past.deeds.push({
        personId: person.id,
        command,
        event,
        touched: command === 'createField' ? new Set() : touched(before, after),
        before,
        after,
      });
    const values = person.left ?? countingValues(model, person);
    past.moments.push({
      personId: person.id,
      at: event.at,
      status: person.status,
      userName: `person${person.slot}`,
      values,
    });
  }
}

function snapshotOf({ status, links, local, device }: ModelPerson): Snapshot {
  const kept = [...links].map(([number, link]) => {
    return [number, { link, record: { ...link.record }, words: { ...link.words } }] as const;
  });
  return { status, links: new Map(kept), local: { ...local }, device };
}

function touched(before: Snapshot, after: Snapshot): Set<string> {
  const places = new Set<string>();
  for (const [number, { link, words, record }] of after.links) {
    const known = before.links.get(number);
    const was = known?.link === link ? known : { words: {}, record: {} as ModelLink['record'] };
    for (const key of changedKeys(was.words, words)) places.add(`${number} ${key}`);
    if (was.record.badge !== record.badge) places.add(`${number} badge`);
  }
  for (const key of changedKeys(before.local, after.local)) places.add(`LOCAL ${key}`);
  if (before.device !== after.device) places.add('DEVICE timezone');
  return places;
}

/** The keys that a source says otherwise, or at another time. */
export const changedKeys = (before: Words, after: Words): Key[] => keys.filter((key) => before[key] !== after[key]);

/** Who said something in a deed, if it was one of them. */
export function speakerIn({ before, after }: Deed): Speaker | null {
  const speakers: Speaker[] = [];
  for (const [number, { link, record, words }] of after.links) {
    const was = before.links.get(number);
    if (was?.link !== link) return null;
    const isSame = JSON.stringify(was.record) === JSON.stringify(record) && changedKeys(was.words, words).length === 0;
    if (!isSame) speakers.push(number);
  }
  if (changedKeys(before.local, after.local).length > 0) speakers.push('LOCAL');
  if (before.device !== after.device) speakers.push('DEVICE');
  return speakers.length === 1 && before.links.size === after.links.size ? speakers[0]! : null;
}

/** The newest moment of each person at each time: what came within the same millisecond is one. */
export const momentsOf = ({ moments }: Past): Moment[] => [
  ...new Map(moments.map((moment) => [`${moment.personId} ${moment.at}`, moment])).values(),
];
