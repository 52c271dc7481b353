import { expect, test } from 'vitest';
import { parsePatch } from '../../../src/scim/patch/operation.ts';
import { patchGroup } from '../../../src/scim/patch/patch-group.ts';
import { patchUser } from '../../../src/scim/patch/patch-user.ts';

const tooMany = expect.objectContaining({ status: 413, scimType: 'tooMany' });
const long = 'é'.repeat(2000);
const emails = Array.from({ length: 200 }, (_, index) => ({ type: `t${index}`, value: `${long}${index}` }));
const repeated = (count: number, operation: object) => parsePatch({ Operations: Array(count).fill(operation) });

test('A63 filters that ask too much of a long list are refused before they are asked', () => {
  const path = `emails[${'value eq "q" or '.repeat(6)}value eq "q"]`;
  expect(() => patchUser({ userName: 'u', emails }, repeated(1000, { op: 'remove', path }))).toThrow(tooMany);
  expect(patchUser({ userName: 'u', emails }, repeated(14, { op: 'remove', path })).emails).toHaveLength(200);
  expect(
    patchUser({ userName: 'u', emails: emails.slice(0, 2) }, repeated(1000, { op: 'remove', path })).emails,
  ).toHaveLength(2);
});

test('A63 a thousand operations on the elements of a usual person are within the bound', () => {
  const operation = { op: 'replace', path: 'emails[type eq "t1" and value pr].display', value: 'x' };
  expect(patchUser({ userName: 'u', emails: emails.slice(0, 10) }, repeated(1000, operation)).emails).toHaveLength(10);
});

test('A63 long values are compared with long values without being folded again and again', () => {
  const Operations = Array.from({ length: 12 }, (_, index) => ({
    op: 'add',
    path: 'emails',
    value: emails.map(({ type, value }) => ({ type, value: value.toUpperCase(), display: `${index}` })),
  }));
  const next = patchUser({ userName: 'u', emails }, parsePatch({ Operations })).emails as { display: string }[];
  expect(next).toHaveLength(200);
  expect(next.every(({ display }) => display === '11')).toBe(true);
});

test('A63 filters on members make few comparisons, but name as many members as they like', () => {
  const terms = (count: number, term: string) => Array.from({ length: count }, () => term).join(' or ');
  const remove = (where: string) =>
    patchGroup(parsePatch({ Operations: [{ op: 'remove', path: `members[${where}]` }] }));
  expect(() => remove(terms(21, 'display co "x"'))).toThrow(tooMany);
  expect(remove(terms(20, 'display co "x"')).members).toHaveLength(1);
  expect(remove(terms(100, 'value eq "x"')).members).toEqual([{ kind: 'remove', ids: ['x'] }]);
});
