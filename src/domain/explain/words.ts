import type { FieldRule, SourceOfTruth } from '../../fields/rule.ts';
import { actorParts } from '../acting.ts';
import { wireId } from '../ids.ts';
import type { Json } from '../json.ts';
import type { Claim, Source } from '../ownership.ts';

/** The name for people of a directory or person by wire id; null where it is not for the reader, or unknown. */
export type Names = (id: string) => string | null;

/** Every sentence of an explanation. Each is about one row or rule, and says nothing that is not in it. */
export const words = (names: Names, key: string, label: string) => {
  const named = (id: string) => (names(id) === null ? id : `"${names(id)}"`);
  const sourceName = ({ kind, id }: Source) => sourceNames[kind](kind === 'DIRECTORY' ? named(wireId('dir', id)) : '');
  const actorName = (name: string) => {
    const { id, person } = actorParts(name);
    if (person === null) return id;
    return names(person) === null ? `${person} through ${id}` : `${names(person)} (${person}) through ${id}`;
  };
  const speaker = (source: Source, actor: string) => {
    if (source.kind === 'LOCAL') return actorName(actor);
    const name = capital(sourceName(source));
    const isItself = source.kind === 'DIRECTORY' && actor === wireId('dir', source.id);
    return isItself ? name : `${name}, by ${actorName(actor)},`;
  };
  const written = ({ source, cell }: Claim) => {
    const { at, actor, request } = source.writes[cell.write]!;
    const did = cell.value === null ? 'cleared it' : `wrote ${shown(cell.value)}`;
    return `${speaker(source, actor)} ${did} on ${minute(at)}${request === null ? '' : ` in request ${request}`}`;
  };
  const wordOf = ({ source, cell }: Claim) =>
    `${cell.value === null ? 'no value' : shown(cell.value)}, from ${sourceName(source)},`;
  return {
    is: (value: Json) => (value === null ? `${label} has no value.` : `${label} is ${shown(value)}.`),
    neverSet: () => 'No source has ever given a value.',
    rule: ({ sourceOfTruth, version }: FieldRule) =>
      version === 0
        ? `Nobody has set a rule for ${key}, so it is ${sourceOfTruth}: ${rules[sourceOfTruth]}.`
        : `The rule for ${key} is ${sourceOfTruth}, version ${version}: ${rules[sourceOfTruth]}.`,
    counts: (claim: Claim) => `${written(claim)}; this counts.`,
    alone: () => `No directory says anything of ${key}, so what people say counts under every rule.`,
    device: () => 'Neither a directory nor a person says anything, so the device is asked.',
    standing: (source: Source) =>
      `${capital(sourceName(source))} is disconnected: its value stays until somebody edits it.`,
    lost: (claim: Claim, why: string) => `${written(claim)}; this does not count: ${why}.`,
    byRule: (truth: SourceOfTruth) => `under ${truth} ${rules[truth]}`,
    older: () => 'it is older',
    olderThanDisconnected: () => 'it is older, and a disconnected directory has no other right',
    afterDevice: () => 'a device speaks only where nobody else does',
    afterListed: (first: Source) => `${sourceName(first)} comes first in the list of the rule`,
    afterLive: (first: Source) => `it is disconnected, and ${sourceName(first)} is not`,
    afterElder: (first: Source) => `${sourceName(first)} was connected before it`,
    editable: () => 'You may edit it.',
    notEditable: (why: string) => `You may not edit it: ${why}`,
    unlockedBy: (truths: SourceOfTruth[]) => `To edit it here, set its rule to ${truths.join(' or ')}.`,
    nextWrite: (source: Source) => nextWrites[source.kind](sourceName(source)),
    underRule: (truth: SourceOfTruth, claim: Claim) => `Under the rule ${truth}, ${wordOf(claim)} would count.`,
    released: (claim: Claim | undefined) =>
      `If the field is released, ${claim ? `${wordOf(claim)} counts` : 'it has no value'}.`,
  };
};

const rules: Record<SourceOfTruth, string> = {
  DIRECTORY: 'the directory decides',
  USER: 'people decide from their first edit on',
  LATEST: 'whoever changed it last decides',
};

const sourceNames: Record<Source['kind'], (name: string) => string> = {
  DIRECTORY: (name) => `the directory ${name}`,
  LOCAL: () => 'an edit',
  DEVICE: () => 'the device',
};

const nextWrites: Record<Source['kind'], (name: string) => string> = {
  DIRECTORY: (name) => `When ${name} sends another value, that counts.`,
  LOCAL: () => 'When somebody edits it, that counts.',
  DEVICE: () => 'When the device reports another value, that counts.',
};

const LONGEST = 200;

/** A value as JSON, cut where it is long. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

const minute = (at: string) => `${at.slice(0, 16).replace('T', ' ')} UTC`;
const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
