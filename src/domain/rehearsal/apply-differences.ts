import { type Call, type Command, type Hub, run } from '../command.ts';
import { HubError } from '../errors.ts';
import type { Json } from '../json.ts';
import { applyGroup } from './apply-group.ts';
import { applyPerson } from './apply-person.ts';
import { type Difference, differingGroups, differingPeople } from './differences.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { SubjectKind } from './rehearsal-store.ts';

/** Who reads the tenant, who reads the shadow, and who writes. */
export type Acceptance = { reader: Call; inShadow: Call; asDirectory: Call; rehearsal: Rehearsal };

/** What could not be done any more, and why. */
export type Skipped = { kind: SubjectKind; id: string; code: string; path: Json; message: string };

const AT_ONCE = 4;
const PEOPLE = 200;
const GROUPS = 20;

/** Does whatever differs, people first: what is deleted goes before what may need its name. */
export async function applyDifferences(hub: Hub, acceptance: Acceptance): Promise<Skipped[]> {
  const skipped: Skipped[] = [];
  for (const kind of ['usr', 'grp'] as const) {
    for (const isGone of [true, false]) skipped.push(...(await settle(hub, acceptance, kind, isGone)));
  }
  return skipped;
}

/** A name may be free only when another record of the same pass has changed: what was refused is tried again. */
async function settle(hub: Hub, acceptance: Acceptance, kind: SubjectKind, isGone: boolean): Promise<Skipped[]> {
  let skipped = await pass(hub, acceptance, kind, isGone);
  while (skipped.length > 0) {
    const left = await pass(hub, acceptance, kind, isGone);
    if (left.length >= skipped.length) return left;
    skipped = left;
  }
  return skipped;
}

async function pass(hub: Hub, acceptance: Acceptance, kind: SubjectKind, isGone: boolean): Promise<Skipped[]> {
  const { inShadow, rehearsal } = acceptance;
  const limit = kind === 'usr' ? PEOPLE : GROUPS;
  const skipped: Skipped[] = [];
  let after: string | null = null;
  for (;;) {
    const ids: string[] = await run(hub, inShadow, readTouched, { rehearsal, kind, after, limit });
    const differences = await (kind === 'usr' ? differingPeople : differingGroups)(hub, acceptance, ids);
    const due = differences.filter((difference) => (difference.wanted === null) === isGone);
    for (let start = 0; start < due.length; start += AT_ONCE) {
      const outcomes = due.slice(start, start + AT_ONCE).map((one) => attempt(hub, acceptance, kind, one));
      skipped.push(...(await Promise.all(outcomes)).filter((one) => one !== null));
    }
    if (ids.length < limit) return skipped;
    after = ids.at(-1)!;
  }
}

async function attempt(hub: Hub, { asDirectory }: Acceptance, kind: SubjectKind, difference: Difference) {
  try {
    await (difference.kind === 'usr'
      ? applyPerson(hub, asDirectory, difference)
      : applyGroup(hub, asDirectory, difference));
    return null;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { code, details, message } = error;
    return { kind, id: difference.id, code, path: details.path ?? null, message };
  }
}

type Touched = { rehearsal: Rehearsal; kind: SubjectKind; after: string | null; limit: number };

const readTouched: Command<Touched, string[]> = {
  name: 'readTouched',
  needs: 'directories:write',
  atomicity: 'statement',
  perform: ({ tx }, { rehearsal, kind, after, limit }) => tx.rehearsals.touched(rehearsal, kind, after, limit),
};
