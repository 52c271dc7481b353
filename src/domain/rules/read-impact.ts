import { createHash } from 'node:crypto';
import { type Call, type Command, type Hub, run } from '../command.ts';
import type { Change } from '../event.ts';
import { type Policy, ruleOf } from '../policy.ts';
import { type Contested, recomputed } from './contested.ts';
import { keysDecided, plainRule, type Rules } from './rule-edit.ts';

/** How many people one statement reads. */
const BATCH = 1_000;
/** How many values a preview shows. */
const SAMPLE = 20;

/** A value that would change, of the person with that stored id. */
export type FieldChange = { userId: string } & Pick<Change, 'key' | 'from' | 'to'>;

/** What rules would do to everyone whose values they could concern. */
export type Impact = {
  usersExamined: number;
  usersChanged: number;
  valuesChanged: number;
  /** The first of them, people by age. */
  sample: FieldChange[];
  /** For each person who changes, by stored id, the digest of what changes. */
  digests: ReadonlyMap<string, string>;
  /** Of the rules and all that changes. */
  digest: string;
};

/** Computes over stored rows what the rules would change; changes nothing and locks nobody. */
export async function readImpact(hub: Hub, call: Call, rules: Rules, policy: Policy): Promise<Impact> {
  const keys = await run(hub, call, narrow, keysDecided(rules, policy));
  const next = withRules(policy, rules);
  const digests = new Map<string, string>();
  const all = createHash('sha256').update(ruleText(rules, policy));
  const impact = { usersExamined: 0, usersChanged: 0, valuesChanged: 0, sample: [] as FieldChange[] };
  const read = (after: string | null) => run(hub, call, readBatch, { after, keys });
  let people = await read(null);
  while (people.length > 0) {
    // The next people are on their way while these are computed.
    const further = people.length < BATCH ? [] : read(people.at(-1)!.id);
    for (const { person, changes } of recomputed(people, next, keys)) {
      const digest = digestOf(person.id, changes);
      digests.set(person.id, digest);
      all.update(digest);
      impact.usersChanged += 1;
      impact.valuesChanged += changes.length;
      const room = SAMPLE - impact.sample.length;
      for (const { key, from, to } of changes.slice(0, room)) impact.sample.push({ userId: person.id, key, from, to });
    }
    impact.usersExamined += people.length;
    people = await further;
  }
  return { ...impact, digests, digest: all.digest('base64url') };
}

/** The policy with those rules in place of its own. */
export const withRules = (policy: Policy, rules: Rules): Policy => ({
  ...policy,
  rules: new Map([...policy.rules, ...rules]),
});

/** The digest of what changes for one person. */
export const digestOf = (id: string, changes: readonly Change[]): string =>
  createHash('sha256')
    .update(JSON.stringify([id, changes.map(({ key, from, to }) => [key, from, to])]))
    .digest('base64url');

const ruleText = (rules: Rules, policy: Policy): string =>
  JSON.stringify([...rules].map(([key, rule]) => [key, plainRule(ruleOf(policy, key)), plainRule(rule)]));

/** Of keys that are decided, those that it can make a difference for. */
export const narrow: Command<readonly string[], readonly string[]> = {
  name: 'previewFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx }, keys) => tx.rules.rivalled(keys),
};

const readBatch: Command<{ after: string | null; keys: readonly string[] }, Contested[]> = {
  name: 'previewFieldRules',
  needs: 'rules:write',
  atomicity: 'statement',
  perform: ({ tx }, { after, keys }) => tx.rules.contested(after, BATCH, keys),
};
