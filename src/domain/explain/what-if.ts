import { type FieldRule, type SourceOfTruth, sourcesOfTruth } from '../../fields/rule.ts';
import { type Claim, owner, rank, type Source } from '../ownership.ts';
import { localSource } from '../users/new-person.ts';
import { LOCAL, type Person } from '../users/person.ts';

/** One field of one person under its rule. */
export type Matter = { key: string; rule: FieldRule; person: Person };

/** Sources whose next word on the field would count, while now another's does: found by asking what would count. */
export function nextWinners({ key, rule, person }: Matter): Source[] {
  const sources = localSources(person);
  const winner = rank(rule, key, sources)[0]?.source;
  const value = 'another value';
  const couldWrite = sources.filter((source) => source.live && source.kind !== 'DEVICE' && source !== winner);
  return couldWrite.filter((source) => {
    const said = { ...source, asserted: { ...source.asserted, [key]: { value, write: person.version + 1 } } };
    return rank(rule, key, [...sources.filter((other) => other !== source), said])[0]!.source === said;
  });
}

/** What would count under each rule that would change it. */
export function winnersUnderOtherRules({ key, rule, person }: Matter): [SourceOfTruth, Claim][] {
  const [winner] = rank(rule, key, person.sources);
  return sourcesOfTruth
    .map((truth) => [truth, rank({ ...rule, sourceOfTruth: truth }, key, person.sources)[0]] as [SourceOfTruth, Claim])
    .filter(([, claim]) => claim && claim.source !== winner!.source);
}

/** The rules under which no directory owns the field. */
export const rulesWithoutOwner = ({ key, rule, person }: Matter): SourceOfTruth[] =>
  sourcesOfTruth.filter((truth) => owner({ ...rule, sourceOfTruth: truth }, key, person.sources) === null);

/** What would count if the field were released. */
export const afterRelease = ({ key, rule, person }: Matter): Claim | undefined =>
  rank(
    rule,
    key,
    person.sources.filter((source) => source.id !== LOCAL),
  )[0];

/** The person's sources, with the one of their edits even if there is none yet. */
function localSources(person: Person): Source[] {
  const copy = { ...person, sources: [...person.sources] };
  localSource(copy);
  return copy.sources;
}
