import { section } from '../check.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { HOME, NEW, type PatchCase, patchChecks, patchOffered, WORK } from './patch-case.ts';

const cite = 'RFC 7644 §3.5.2.1';
const DEPARTMENT = `${ENTERPRISE}:department`;
const [work, home] = [
  { type: 'work', value: WORK },
  { type: 'home', value: HOME },
];
const other = { type: 'other', value: NEW };

const cases: PatchCase[] = [
  {
    ...{ cite, title: 'add gives a value to an attribute that has none.', needs: ['userType'] },
    operations: [{ op: 'add', path: 'userType', value: 'Contractor' }],
    expected: [['userType', 'Contractor']],
  },
  {
    ...{ cite, title: 'add replaces the value of a single-valued attribute.', needs: ['nickName'] },
    operations: [{ op: 'add', path: 'nickName', value: 'Enchantress' }],
    expected: [['nickName', 'Enchantress']],
  },
  {
    ...{
      cite,
      title: 'add by a sub-attribute sets it and keeps the others.',
      needs: ['name.givenName', 'name.middleName'],
    },
    operations: [{ op: 'add', path: 'name.middleName', value: 'King' }],
    expected: [['name', { givenName: 'Ada', familyName: 'Lovelace', middleName: 'King' }]],
  },
  {
    ...{
      cite,
      title: 'add to a complex attribute keeps the parts it does not name.',
      needs: ['name.givenName', 'name.middleName'],
    },
    operations: [{ op: 'add', path: 'name', value: { middleName: 'King' } }],
    expected: [['name', { givenName: 'Ada', familyName: 'Lovelace', middleName: 'King' }]],
  },
  {
    ...{ cite, title: 'add to a multi-valued attribute keeps the values there are.', needs: ['emails.type'] },
    operations: [{ op: 'add', path: 'emails', value: [other] }],
    expected: [['emails', [work, home, other]]],
  },
  {
    ...{
      cite,
      title: 'add of a value that is there changes nothing.',
      level: 'should',
      needs: ['emails.type', 'emails.primary'],
    },
    operations: [{ op: 'add', path: 'emails', value: [{ ...work, primary: true }] }],
    expected: [['emails', [work, home]]],
  },
  {
    ...{ cite, title: 'add without a path sets every attribute of its value.', needs: ['nickName', 'title'] },
    operations: [{ op: 'add', value: { nickName: 'Enchantress', title: 'Programmer' } }],
    expected: [
      ['nickName', 'Enchantress'],
      ['title', 'Programmer'],
    ],
  },
  {
    ...{ cite, title: 'add without a path adds to a multi-valued attribute.', needs: ['emails.type'] },
    operations: [{ op: 'add', value: { emails: [other] } }],
    expected: [['emails', [work, home, other]]],
  },
  {
    ...{
      cite,
      title: 'add without a path sets attributes of an extension.',
      needs: [DEPARTMENT, `${ENTERPRISE}:costCenter`],
    },
    operations: [{ op: 'add', value: { [ENTERPRISE]: { costCenter: '42' } } }],
    expected: [
      [`${ENTERPRISE}:costCenter`, '42'],
      [DEPARTMENT, 'Research'],
    ],
  },
  {
    ...{ cite, title: 'add by the URN of an extension attribute sets it.', needs: [DEPARTMENT] },
    operations: [{ op: 'add', path: DEPARTMENT, value: 'Engines' }],
    expected: [
      [DEPARTMENT, 'Engines'],
      [`${ENTERPRISE}:employeeNumber`, '1815'],
    ],
  },
  {
    ...{ cite: 'RFC 7644 §3.10', title: 'add by the URN of a core attribute sets it.', needs: ['nickName'] },
    operations: [{ op: 'add', path: `${USER}:nickName`, value: 'Enchantress' }],
    expected: [['nickName', 'Enchantress']],
  },
  {
    ...{ cite, title: 'add by a filter and a sub-attribute changes the value that matches.', needs: ['emails.type'] },
    operations: [{ op: 'add', path: 'emails[type eq "home"].value', value: NEW }],
    expected: [['emails', [work, { type: 'home', value: NEW }]]],
  },
  {
    ...{
      cite: 'RFC 7644 §3.5.2',
      title: 'A value that add makes primary takes that from the other.',
      needs: ['emails.primary'],
    },
    operations: [{ op: 'add', path: 'emails', value: [{ ...other, primary: true }] }],
    expected: [['emails', [{ ...other, primary: true }, home, { ...work, primary: false }]]],
  },
  {
    ...{ cite, title: 'add of false to a boolean sets it.', needs: ['active'] },
    operations: [{ op: 'add', path: 'active', value: false }],
    expected: [['active', false]],
  },
  {
    ...{ cite, title: 'add without a value is refused with 400.', needs: ['nickName'] },
    operations: [{ op: 'add', path: 'nickName' }],
    refused: [400],
  },
];

/** The operation add (RFC 7644 §3.5.2.1). */
export const patchAdd = section({ title: 'PATCH add', offered: patchOffered, checks: () => patchChecks(cases) });
