import type { FieldRule, SourceOfTruth } from '../fields/rule.ts';
import { type Json, sameJson } from './json.ts';

/** Who can assert values: a directory, people and products (LOCAL), or the person's device. */
export type SourceKind = 'DIRECTORY' | 'LOCAL' | 'DEVICE';

/** When, by whom and in which request values were asserted. */
export type Write = { at: string; actor: string; request: string | null };

/** One asserted value; `write` is the version of the person that the assertion made, and so its order in time. */
export type Cell = { value: Json; write: number };

/** All that one source asserts about one person. */
export type Source = {
  /** Id of the directory, `LOCAL` or `DEVICE`. */
  id: string;
  kind: SourceKind;
  /** False for a disconnected directory: its values stay, as a base that people may edit. */
  live: boolean;
  asserted: Record<string, Cell>;
  /** The writes that `asserted` refers to, by version. */
  writes: Record<string, Write>;
};

/** One source's word on one field. */
export type Claim = { source: Source; cell: Cell };

/** Every word on a field, the one that counts first, then in the order in which the others would take its place. */
export function rank(rule: FieldRule, key: string, sources: readonly Source[]): Claim[] {
  let claims = claimsOf(key, sources);
  const ranked: Claim[] = [];
  while (claims.length > 0) {
    const best = winner(rule, claims);
    ranked.push(best);
    claims = claims.filter((claim) => claim !== best);
  }
  return ranked;
}

/** The value of a field: a pure function of the rule and of what every source asserts. Null: nobody gives one. */
export function effective(rule: FieldRule, key: string, sources: readonly Source[]): Json {
  const claims = claimsOf(key, sources);
  return claims.length === 0 ? null : winner(rule, claims).cell.value;
}

/** The live directory that owns the field of this person under the rule, if one really feeds it. */
export function owner(rule: FieldRule, key: string, sources: readonly Source[]): Source | null {
  if (rule.sourceOfTruth !== 'DIRECTORY') return null;
  const directory = firstDirectory(rule, claimsOf(key, sources));
  return directory?.source.live ? directory.source : null;
}

/** A directory or device that sends its own last value again has not written. */
export const isNews = (before: Cell | undefined, value: Json): boolean =>
  before === undefined || !sameJson(before.value, value);

/** An edit is a write unless it equals both what was asserted here before and the value that counts. */
export const localWrites = (before: Cell | undefined, value: Json, current: Json): boolean =>
  before === undefined || !sameJson(before.value, value) || !sameJson(current, value);

function claimsOf(key: string, sources: readonly Source[]): Claim[] {
  const claims: Claim[] = [];
  for (const source of sources) {
    const cell = Object.hasOwn(source.asserted, key) ? source.asserted[key] : undefined;
    if (cell) claims.push({ source, cell });
  }
  return claims;
}

/** Who decides between that directory and people. A disconnected one owns nothing: whoever wrote last speaks. */
export const truthOver = (rule: FieldRule, directory: Source): SourceOfTruth =>
  rule.sourceOfTruth === 'DIRECTORY' && !directory.live ? 'LATEST' : rule.sourceOfTruth;

function winner(rule: FieldRule, claims: Claim[]): Claim {
  const local = claims.find((claim) => claim.source.kind === 'LOCAL');
  const directory = firstDirectory(rule, claims);
  if (!directory) return local ?? claims[0]!;
  if (!local) return directory;
  const truth = truthOver(rule, directory.source);
  if (truth === 'USER') return local;
  if (truth === 'DIRECTORY') return directory;
  return local.cell.write > directory.cell.write ? local : directory;
}

/** The first live directory in the rule's list, then the oldest (ids sort by age), then of the disconnected who wrote last. */
function firstDirectory(rule: FieldRule, claims: Claim[]): Claim | undefined {
  let first: Claim | undefined;
  for (const claim of claims) {
    if (claim.source.kind === 'DIRECTORY' && (!first || comesBefore(rule, claim, first))) first = claim;
  }
  return first;
}

function comesBefore(rule: FieldRule, one: Claim, other: Claim): boolean {
  if (one.source.live !== other.source.live) return one.source.live;
  if (!one.source.live && one.cell.write !== other.cell.write) return one.cell.write > other.cell.write;
  const places = [one, other].map(({ source }) => placeOf(rule, source));
  return places[0] === places[1] ? one.source.id < other.source.id : places[0]! < places[1]!;
}

/** Place of a connected directory among those of a field: as listed, then those that are not. */
export function placeOf(rule: FieldRule, source: Source): number {
  const listed = rule.directories.indexOf(source.id);
  return listed < 0 ? rule.directories.length : listed;
}
