import fc from 'fast-check';
import { expect } from 'vitest';
import { eventId } from '../../../src/domain/events/event-id.ts';
import { type UndoReport, undoEvent, undoRequest } from '../../../src/domain/history/undo.ts';
import { newId, wireId } from '../../../src/domain/ids.ts';
import { requestLog } from '../../../src/storage/requests/request-log.ts';
import { demandRefusal, type ModelCommand } from '../command.ts';
import { governor, type Key, type Model, type ModelPerson, recordKeys, statusUnder, type Words } from '../model.ts';
import { changedKeys, type Deed, type Speaker, speakerIn } from '../past.ts';
import type { World } from '../world.ts';
import { refill } from './fields.ts';

const UNDOABLE = ['PATCH', 'PUT', 'updateUser', 'releaseUserFields', 'reportDevice', 'undo'];

/** One of the last things that somebody said of a person is taken back, as an event or as a request; first in a preview. */
const undo: ModelCommand<{ back: number; by: 'event' | 'request' }> = {
  name: 'undo',
  weight: 5,
  args: fc.record({ back: fc.nat({ max: 7 }), by: fc.constantFrom('event' as const, 'request' as const) }),
  async run(world, { back, by }) {
    const { hub, admin, model, past } = world;
    const deed = past.deeds.filter(isUndoable).at(-1 - back);
    if (!deed) return;
    const person = model.people.find(({ id }) => id === deed.personId)!;
    const speaker = speakerIn(deed)!;
    const link = typeof speaker === 'number' ? person.links.get(speaker) : undefined;
    // A link that was made again has a story of its own.
    if (link && link !== deed.after.links.get(speaker as number)!.link) return;
    const isRequest = by === 'request' && typeof speaker === 'number';
    const id = isRequest ? await logAs(world, deed, speaker) : eventId(deed.event);
    const take = (preview: boolean): Promise<UndoReport> =>
      (isRequest ? undoRequest : undoEvent)(hub, admin, { id, preview });
    const code = refusalToUndo(world, deed, person, speaker);
    const shown = code === null ? await take(true) : null;
    const work = take(false);
    if (!(await demandRefusal(world, code, work))) return;
    expect(await work).toEqual(shown);
    takeBack(model, person, speaker, deed);
    person.version++;
  },
};

const isUndoable = (deed: Deed): boolean => {
  const { command, before, after } = deed;
  const speaker = speakerIn(deed);
  if (speaker === null || !UNDOABLE.includes(command) || before.status !== after.status) return false;
  return (
    typeof speaker !== 'number' || before.links.get(speaker)!.record.active === after.links.get(speaker)!.record.active
  );
};

function refusalToUndo({ past }: World, deed: Deed, person: ModelPerson, speaker: Speaker): string | null {
  const later = past.deeds.slice(past.deeds.indexOf(deed) + 1).filter(({ personId }) => personId === deed.personId);
  if (later.some(({ touched }) => [...touched].some((place) => deed.touched.has(place)))) return 'VERSION_CONFLICT';
  if (person.status === 'DELETED') return 'NOT_ALLOWED';
  if (typeof speaker !== 'number') return null;
  const link = person.links.get(speaker);
  if (!link) return 'NOT_ALLOWED';
  const { record } = deed.after.links.get(speaker)!;
  return changedRecord(deed, speaker).some((key) => link.record[key] !== record[key]) ? 'VERSION_CONFLICT' : null;
}

const changedRecord = ({ before, after }: Deed, number: number) => {
  const [was, is] = [before, after].map(({ links }) => links.get(number)!.record);
  return recordKeys.filter((key) => was![key] !== is![key]);
};

/** Old words keep their place in time. */
function takeBack(model: Model, person: ModelPerson, speaker: Speaker, deed: Deed): void {
  const { before, after } = deed;
  if (speaker === 'DEVICE') person.device = before.device;
  else if (speaker === 'LOCAL') {
    person.local ??= {};
    sayAgain(person.local, before.local, changedKeys(before.local, after.local));
  } else {
    const link = person.links.get(speaker)!;
    const was = before.links.get(speaker)!;
    sayAgain(link.words, was.words, changedKeys(was.words, after.links.get(speaker)!.words));
    link.record = { ...link.record };
    for (const key of changedRecord(deed, speaker)) {
      if (was.record[key] === undefined) delete link.record[key];
      else link.record[key] = was.record[key];
    }
    if (model.fields.badge === 'IN_USE') refill(link);
    if (governor(model, person) === speaker) person.status = statusUnder(link);
  }
}

function sayAgain(words: Words, before: Words, changed: readonly Key[]): void {
  for (const key of changed) {
    if (before[key]) words[key] = before[key];
    else delete words[key];
  }
}

/** Puts the request into the provisioning log, as if it had come by HTTP. */
async function logAs({ database, tenantId, directories }: World, { event }: Deed, number: number): Promise<string> {
  const id = newId();
  await requestLog(database).keep(tenantId, [
    {
      ...{ id, directoryId: directories[number]!.directoryId, at: event.at, requestId: 'model', method: 'PATCH' },
      ...{ path: '/Users', status: 200, durationMs: 1, subject: null, requestBody: null, responseBody: null },
      ...{ scimType: null, rehearsedIn: null, done: [event.xact] },
    },
  ]);
  return wireId('req', id);
}

/** What is taken back. */
export const undoCommands = [undo];
