import type { FieldRule } from '../../fields/rule.ts';
import { type Claim, placeOf, rank, truthOver } from '../ownership.ts';
import { fieldOf, type Policy, ruleOf } from '../policy.ts';
import { type Editing, refusalToEdit } from '../users/may-edit.ts';
import type { Person } from '../users/person.ts';
import { afterRelease, type Matter, nextWinners, rulesWithoutOwner, winnersUnderOtherRules } from './what-if.ts';
import { type Names, words } from './words.ts';

/** Sentences: how it came to be, and what would have to happen for it to be otherwise. `held`: there is a value. */
export type Explanation = { held: boolean; steps: string[]; missing: string[] };

/**
 * Why a field has the value it has: which source speaks, by which rule, what lost to it and whether the caller may edit
 * it. Who wins is asked of `rank`, who may edit of `refusalToEdit`; here they are only put into words.
 */
export function explainField(person: Person, key: string, policy: Policy, editing: Editing, names: Names): Explanation {
  const say = words(names, key, fieldOf(policy, key)!.label);
  const matter: Matter = { key, rule: ruleOf(policy, key), person };
  const ranked = rank(matter.rule, key, person.sources);
  const refusal = refusalToEdit(editing, person, key, policy);
  const value = ranked[0]?.cell.value ?? null;
  return {
    held: value !== null,
    steps: [
      say.is(value),
      say.rule(matter.rule),
      ...winnerSteps(ranked, say),
      ...ranked.slice(1).map((claim) => say.lost(claim, reasonOf(claim, ranked, matter, say))),
      refusal ? say.notEditable(refusal.message) : say.editable(),
    ],
    missing: [
      ...(refusal?.code === 'FIELD_LOCKED' ? [say.unlockedBy(rulesWithoutOwner(matter))] : []),
      ...nextWinners(matter).map(say.nextWrite),
      ...winnersUnderOtherRules(matter).map(([truth, claim]) => say.underRule(truth, claim)),
      ...(ranked[0]?.source.kind === 'LOCAL' ? [say.released(afterRelease(matter))] : []),
    ],
  };
}

type Say = ReturnType<typeof words>;

function winnerSteps([winner, ...others]: Claim[], say: Say): string[] {
  if (!winner) return [say.neverSet()];
  const steps = [say.counts(winner)];
  const { source } = winner;
  if (source.kind === 'DEVICE') steps.push(say.device());
  if (source.kind === 'LOCAL' && !others.some((other) => other.source.kind === 'DIRECTORY')) steps.push(say.alone());
  if (source.kind === 'DIRECTORY' && !source.live) steps.push(say.standing(source));
  return steps;
}

/** Why a word does not count: the directory that speaks for all of them and people are weighed by the rule. */
function reasonOf(claim: Claim, ranked: Claim[], { rule }: Matter, say: Say): string {
  const { source } = claim;
  if (source.kind === 'DEVICE') return say.afterDevice();
  const first = ranked.find((claim) => claim.source.kind === 'DIRECTORY')!;
  const speaker = first.source;
  if (source.kind === 'DIRECTORY' && source !== speaker) {
    return reasonAmong(claim, first, rule, say);
  }
  const truth = truthOver(rule, speaker);
  if (truth !== 'LATEST') return say.byRule(truth);
  return truth === rule.sourceOfTruth ? say.older() : say.olderThanDisconnected();
}

/** Why another directory speaks: it is connected, or wrote later where neither is, or comes first by list or age. */
function reasonAmong({ source, cell }: Claim, first: Claim, rule: FieldRule, say: Say): string {
  const speaker = first.source;
  if (source.live !== speaker.live) return say.afterLive(speaker);
  if (!source.live && cell.write !== first.cell.write) return say.older();
  return placeOf(rule, source) === placeOf(rule, speaker) ? say.afterElder(speaker) : say.afterListed(speaker);
}
