import { section } from '../check.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { HOME, type PatchCase, patchChecks, patchOffered, WORK } from './patch-case.ts';

const cite = 'RFC 7644 §3.5.2.2';
const DEPARTMENT = `${ENTERPRISE}:department`;
const [work, home] = [
  { type: 'work', value: WORK },
  { type: 'home', value: HOME },
];

const cases: PatchCase[] = [
  {
    ...{ cite, title: 'remove unassigns a single value.', needs: ['nickName', 'title'] },
    operations: [{ op: 'remove', path: 'nickName' }],
    expected: [['title', 'Analyst']],
    gone: ['nickName'],
  },
  {
    ...{ cite, title: 'remove of what is not there succeeds.', needs: ['userType'] },
    operations: [{ op: 'remove', path: 'userType' }],
    gone: ['userType'],
  },
  {
    ...{ cite, title: 'remove by a sub-attribute keeps the others.', needs: ['name.givenName', 'name.familyName'] },
    operations: [{ op: 'remove', path: 'name.familyName' }],
    expected: [['name.givenName', 'Ada']],
    gone: ['name.familyName'],
  },
  {
    ...{ cite, title: 'remove of a complex attribute takes all of it.', needs: ['name.givenName', 'name.familyName'] },
    operations: [{ op: 'remove', path: 'name' }],
    gone: ['name.givenName', 'name.familyName'],
  },
  {
    ...{ cite, title: 'remove of a multi-valued attribute takes every value.', needs: ['emails.value'] },
    operations: [{ op: 'remove', path: 'emails' }],
    gone: ['emails'],
  },
  {
    ...{ cite, title: 'remove by a filter takes the values that match.', needs: ['emails.type'] },
    operations: [{ op: 'remove', path: 'emails[type eq "work"]' }],
    expected: [['emails', [home]]],
  },
  {
    ...{ cite, title: 'remove by a filter with not takes the values that match.', needs: ['emails.type'] },
    operations: [{ op: 'remove', path: 'emails[not (type eq "work")]' }],
    expected: [['emails', [work]]],
  },
  {
    ...{ cite, title: 'remove by a filter that matches all leaves the attribute unassigned.', needs: ['emails.type'] },
    operations: [{ op: 'remove', path: 'emails[value pr]' }],
    gone: ['emails'],
  },
  {
    ...{
      cite,
      title: 'remove by a filter and a sub-attribute takes that part only.',
      needs: ['emails.type', 'emails.primary'],
    },
    operations: [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
    expected: [['emails', [{ ...work, primary: false }, home]]],
  },
  {
    ...{ cite, title: 'remove by the URN of an extension attribute takes it.', needs: [DEPARTMENT] },
    operations: [{ op: 'remove', path: DEPARTMENT }],
    expected: [[`${ENTERPRISE}:employeeNumber`, '1815']],
    gone: [DEPARTMENT],
  },
  {
    ...{ cite: 'RFC 7644 §3.10', title: 'remove by the URN of a core attribute takes it.', needs: ['nickName'] },
    operations: [{ op: 'remove', path: `${USER}:nickName` }],
    gone: ['nickName'],
  },
  {
    ...{ cite, title: 'remove without a path is 400 noTarget.', needs: [] },
    operations: [{ op: 'remove' }],
    refused: [400, 'noTarget'],
  },
  {
    ...{ cite, title: 'remove of a required attribute is refused with 400.', needs: [] },
    operations: [{ op: 'remove', path: 'userName' }],
    refused: [400],
  },
  {
    ...{ cite, title: 'The refusal to remove a required attribute is mutability or invalidValue.', needs: [] },
    operations: [{ op: 'remove', path: 'userName' }],
    refused: [400, 'mutability', 'invalidValue'],
  },
  {
    ...{ cite, title: 'remove of a readOnly attribute is 400 mutability.', needs: [] },
    operations: [{ op: 'remove', path: 'id' }],
    refused: [400, 'mutability'],
  },
];

/** The operation remove (RFC 7644 §3.5.2.2). */
export const patchRemove = section({ title: 'PATCH remove', offered: patchOffered, checks: () => patchChecks(cases) });
