import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/domain/command.ts';
import { wireId } from '../../src/domain/ids.ts';
import { effective } from '../../src/domain/ownership.ts';
import { ruleOf } from '../../src/domain/policy.ts';
import { applyFieldRules } from '../../src/domain/rules/apply-field-rules.ts';
import { previewFieldRules } from '../../src/domain/rules/preview-field-rules.ts';
import { writeToken } from '../../src/domain/rules/preview-token.ts';
import type { FieldRulesEdit } from '../../src/domain/rules/rule-edit.ts';
import { setFieldRules } from '../../src/domain/rules/set-field-rules.ts';
import { releaseUserFields } from '../../src/domain/users/release-user-fields.ts';
import { updateUser } from '../../src/domain/users/update-user.ts';
import { sourcesOfTruth } from '../../src/fields/rule.ts';
import { type Company, openRuleStage, type RuleStage, type Word } from './rule-stage.ts';

let stage: RuleStage;
beforeAll(async () => {
  stage = await openRuleStage();
});
afterAll(() => stage?.close());

const KEYS = ['displayName', 'title', 'email', 'moreEmails'] as const;

const preview = (company: Company, edit: FieldRulesEdit) => previewFieldRules(stage.hubs[0], company.admin, edit);
const apply = (company: Company, token: string) => applyFieldRules(stage.hubs[1], company.admin, token);
const titleTo = (sourceOfTruth: 'USER' | 'LATEST' | 'DIRECTORY'): FieldRulesEdit => ({
  rules: [{ key: 'title', sourceOfTruth }],
});

const texts = fc.constantFrom('a', 'B', 'c d', null);
const wordOf = (key: (typeof KEYS)[number]) =>
  fc.record({
    by: fc.constantFrom(0 as const, 1 as const, 'person' as const),
    key: fc.constant(key),
    value: key === 'moreEmails' ? fc.constantFrom([{ value: 'x@y.example', type: 'x' }], [], null) : texts,
  });
const word: fc.Arbitrary<Word> = fc.oneof(...KEYS.map(wordOf)) as fc.Arbitrary<Word>;
const rule = fc.record({
  key: fc.constantFrom(...KEYS),
  sourceOfTruth: fc.constantFrom(...sourcesOfTruth),
  order: fc.option(fc.constantFrom([0], [1], [1, 0], []), { nil: null }),
});
const rules = fc.uniqueArray(rule, { selector: ({ key }) => key, minLength: 1 });
const preset = fc.option(fc.constantFrom('DIRECTORY_OWNS_ALL' as const, 'USER_OWNS_ALL' as const, 'HYBRID' as const), {
  nil: null,
});

const editOf = (
  { directories }: Company,
  edit: typeof rules extends fc.Arbitrary<infer T> ? T : never,
): FieldRulesEdit => ({
  rules: edit.map(({ key, sourceOfTruth, order }) => ({
    key,
    sourceOfTruth,
    directories: order?.map((index) => wireId('dir', directories[index]!)) ?? null,
  })),
});

test('DY9 what a preview shows of any people, sources and rules is what its application does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(word, { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
      rules,
      rules,
      preset,
      async (people, first, second, wanted) => {
        const company = await stage.newCompany();
        await setFieldRules(stage.hubs[0], company.admin, editOf(company, first));
        for (const [number, words] of people.entries()) await stage.addPerson(company, `P${number}`, words);
        const before = await stage.people(company, KEYS);

        const shown = await preview(company, { ...editOf(company, second), preset: wanted });
        expect(await stage.people(company, KEYS)).toEqual(before);
        const { usersChanged } = await apply(company, shown.token);

        const policy = await stage.hubs[0].storage.policy(company.tenantId, true);
        const after = await stage.people(company, KEYS);
        const changes = after.flatMap(({ id, values }, index) =>
          KEYS.filter((key) => JSON.stringify(values[key]) !== JSON.stringify(before[index]!.values[key])).map(
            (key) => ({
              userId: id,
              key,
              from: before[index]!.values[key],
              to: values[key],
            }),
          ),
        );
        const byKey = (a: { userId: string; key: string }, b: { userId: string; key: string }) =>
          `${a.userId} ${a.key}` < `${b.userId} ${b.key}` ? -1 : 1;
        expect([...shown.sample].sort(byKey)).toEqual(changes.sort(byKey).slice(0, 20));
        expect(shown.valuesChanged).toBe(changes.length);
        expect(shown.usersChanged).toBe(new Set(changes.map(({ userId }) => userId)).size);
        expect(usersChanged).toBe(shown.usersChanged);
        for (const { values, sources } of after) {
          for (const key of KEYS) expect(values[key]).toEqual(effective(ruleOf(policy, key), key, sources));
        }
      },
    ),
    { numRuns: 60, verbose: 1 },
  );
});

/** One person whose directory says `theirs` and who once said `own`. */
async function onePerson() {
  const company = await stage.newCompany();
  const id = await stage.addPerson(company, 'Ada', [
    { by: 'person', key: 'title', value: 'own' },
    { by: 0, key: 'title', value: 'theirs' },
  ]);
  return { company, id: wireId('usr', id), title: async () => (await stage.people(company, KEYS))[0]!.values.title };
}

const isStale = { code: 'STALE_PREVIEW', details: { path: ['token'] } };

test('DY9 a preview is stale once what it showed would be otherwise, and changes nothing then', async () => {
  const { company, id, title } = await onePerson();
  const { token } = await preview(company, titleTo('USER'));
  await run(stage.hubs[0], company.admin, releaseUserFields, { id, keys: ['title'] });
  const policy = await stage.hubs[1].storage.policy(company.tenantId, true);
  await expect(apply(company, token)).rejects.toMatchObject(isStale);
  expect(await title()).toBe('theirs');
  expect(await stage.hubs[1].storage.policy(company.tenantId, true)).toEqual(policy);
});

test('DY9 a preview is not stale for what it did not show', async () => {
  const { company, id, title } = await onePerson();
  const { token } = await preview(company, titleTo('USER'));
  await run(stage.hubs[0], company.admin, updateUser, { id, values: { department: 'D' } });
  await stage.addPerson(company, 'Grace', [{ by: 0, key: 'title', value: 'new here' }]);
  await setFieldRules(stage.hubs[0], company.admin, { rules: [{ key: 'department', sourceOfTruth: 'LATEST' }] });
  expect(await apply(company, token)).toEqual({ usersChanged: 1 });
  expect(await title()).toBe('own');
});

test('DY9 a preview is stale once somebody else has changed the same rule, and when it was applied before', async () => {
  const { company } = await onePerson();
  const { token } = await preview(company, titleTo('USER'));
  const other = await preview(company, titleTo('LATEST'));
  await apply(company, token);
  await expect(apply(company, token)).rejects.toMatchObject(isStale);
  await expect(apply(company, other.token)).rejects.toMatchObject(isStale);
});

test('DY9 a preview is good for an hour and in its own tenant, and nobody else can make one', async () => {
  const { company, title } = await onePerson();
  const { token } = await preview(company, titleTo('USER'));
  const refused = { code: 'INVALID_INPUT', details: { path: ['token'] } };
  for (const wrong of ['', '.', 'x.y', `${token}A`, `A${token}`, token.slice(1)]) {
    await expect(apply(company, wrong)).rejects.toMatchObject(refused);
  }
  await expect(apply(await stage.newCompany(), token)).rejects.toMatchObject(refused);
  const previewed = { edit: titleTo('USER'), digest: 'any' };
  const old = writeToken(stage.seal, company.tenantId, previewed, Date.now() - 3_700_000);
  await expect(apply(company, old)).rejects.toMatchObject(isStale);
  expect(await title()).toBe('theirs');
});

test('a preview that changes no rule, or who may edit only, applies to nobody', async () => {
  const { company } = await onePerson();
  const same = await preview(company, titleTo('DIRECTORY'));
  expect(same).toMatchObject({ usersExamined: 0, usersChanged: 0, valuesChanged: 0, sample: [], clashes: [] });
  expect(await apply(company, same.token)).toEqual({ usersChanged: 0 });
  const edit: FieldRulesEdit = { rules: [{ key: 'title', sourceOfTruth: 'DIRECTORY', editableBy: ['MANAGER'] }] };
  const editors = await preview(company, edit);
  expect(editors).toMatchObject({ usersChanged: 0, valuesChanged: 0 });
  expect(await apply(company, editors.token)).toEqual({ usersChanged: 0 });
  const policy = await stage.hubs[0].storage.policy(company.tenantId, true);
  expect(ruleOf(policy, 'title').editableBy).toEqual(['MANAGER']);
});
