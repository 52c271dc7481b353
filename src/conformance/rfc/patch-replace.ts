import { must, section } from '../check.ts';
import { demand, demandError, demandValue } from '../demand.ts';
import { holds, objectsOf } from '../json.ts';
import { need } from '../server.ts';
import { ENTERPRISE, USER } from '../urns.ts';
import { adaFor, HOME, NEW, type PatchCase, patchChecks, patchOffered, WORK } from './patch-case.ts';

const cite = 'RFC 7644 §3.5.2.3';
const DEPARTMENT = `${ENTERPRISE}:department`;
const [work, home] = [
  { type: 'work', value: WORK },
  { type: 'home', value: HOME },
];

const cases: PatchCase[] = [
  {
    ...{ cite, title: 'replace sets a single value.', needs: ['nickName'] },
    operations: [{ op: 'replace', path: 'nickName', value: 'Enchantress' }],
    expected: [['nickName', 'Enchantress']],
  },
  {
    ...{ cite, title: 'replace sets a value where there is none.', needs: ['userType'] },
    operations: [{ op: 'replace', path: 'userType', value: 'Contractor' }],
    expected: [['userType', 'Contractor']],
  },
  {
    ...{ cite, title: 'replace by a sub-attribute keeps the others.', needs: ['name.givenName', 'name.familyName'] },
    operations: [{ op: 'replace', path: 'name.familyName', value: 'King' }],
    expected: [['name', { givenName: 'Ada', familyName: 'King' }]],
  },
  {
    ...{
      cite,
      title: 'replace of a complex attribute sets the parts it names.',
      needs: ['name.givenName', 'name.familyName'],
    },
    operations: [{ op: 'replace', path: 'name', value: { familyName: 'King' } }],
    expected: [['name.familyName', 'King']],
  },
  {
    ...{ cite, title: 'replace of a multi-valued attribute leaves only the new values.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: 'emails', value: [{ type: 'other', value: NEW }] }],
    expected: [['emails', [{ type: 'other', value: NEW }]]],
  },
  {
    ...{ cite, title: 'replace by a filter replaces the value that matches.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: 'emails[type eq "work"]', value: { type: 'work', value: NEW } }],
    expected: [['emails', [{ type: 'work', value: NEW }, home]]],
  },
  {
    ...{
      cite,
      title: 'replace by a filter and a sub-attribute changes that part only.',
      needs: ['emails.type', 'emails.primary'],
    },
    operations: [{ op: 'replace', path: 'emails[type eq "work"].value', value: NEW }],
    expected: [['emails', [{ type: 'work', value: NEW, primary: true }, home]]],
  },
  {
    ...{ cite, title: 'replace by a filter changes every value that matches.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: 'emails[value co "@conformance.example"].type', value: 'other' }],
    expected: [
      [
        'emails',
        [
          { type: 'other', value: WORK },
          { type: 'other', value: HOME },
        ],
      ],
    ],
  },
  {
    ...{ cite, title: 'replace by a filter with and changes what matches both.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: `emails[type eq "home" and value sw "ada.home"].value`, value: NEW }],
    expected: [['emails', [work, { type: 'home', value: NEW }]]],
  },
  {
    ...{ cite, title: 'replace by a filter on a boolean changes what matches.', needs: ['emails.primary'] },
    operations: [{ op: 'replace', path: 'emails[primary eq true].value', value: NEW }],
    expected: [['emails', [{ type: 'work', value: NEW, primary: true }, home]]],
  },
  {
    ...{
      cite: 'RFC 7644 §3.5.2',
      title: 'A value that replace makes primary takes that from the other.',
      needs: ['emails.primary'],
    },
    operations: [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    expected: [
      [
        'emails',
        [
          { ...home, primary: true },
          { ...work, primary: false },
        ],
      ],
    ],
  },
  {
    ...{
      cite,
      title: 'replace without a path sets every attribute of its value and no other.',
      needs: ['nickName', 'title', 'displayName'],
    },
    operations: [{ op: 'replace', value: { nickName: 'Enchantress', title: 'Programmer' } }],
    expected: [
      ['nickName', 'Enchantress'],
      ['title', 'Programmer'],
      ['displayName', 'Ada'],
    ],
  },
  {
    ...{ cite, title: 'replace without a path sets attributes of an extension.', needs: [DEPARTMENT] },
    operations: [{ op: 'replace', value: { [ENTERPRISE]: { department: 'Engines' } } }],
    expected: [[DEPARTMENT, 'Engines']],
  },
  {
    ...{ cite, title: 'replace by the URN of an extension attribute sets it.', needs: [DEPARTMENT] },
    operations: [{ op: 'replace', path: DEPARTMENT, value: 'Engines' }],
    expected: [
      [DEPARTMENT, 'Engines'],
      [`${ENTERPRISE}:employeeNumber`, '1815'],
    ],
  },
  {
    ...{
      cite: 'RFC 7644 §3.10',
      title: 'replace by the URN of a core sub-attribute sets it.',
      needs: ['name.familyName'],
    },
    operations: [{ op: 'replace', path: `${USER}:name.familyName`, value: 'King' }],
    expected: [['name.familyName', 'King']],
  },
  {
    ...{
      cite: 'RFC 7643 §2.1',
      title: 'Attribute names in a path are read in any case.',
      needs: ['nickName', 'name.familyName'],
    },
    operations: [
      { op: 'replace', path: 'NICKNAME', value: 'Enchantress' },
      { op: 'replace', path: 'Name.FamilyName', value: 'King' },
    ],
    expected: [
      ['nickName', 'Enchantress'],
      ['name.familyName', 'King'],
    ],
  },
  {
    ...{ cite: 'RFC 7643 §2.5', title: 'replace by null unassigns.', needs: ['nickName'] },
    operations: [{ op: 'replace', path: 'nickName', value: null }],
    gone: ['nickName'],
  },
  {
    ...{ cite: 'RFC 7643 §2.5', title: 'replace by an empty list unassigns.', needs: ['emails.value'] },
    operations: [{ op: 'replace', path: 'emails', value: [] }],
    gone: ['emails'],
  },
  {
    ...{ cite, title: 'replace by a filter that no value can come to match is 400 noTarget.', needs: ['emails.type'] },
    operations: [{ op: 'replace', path: 'emails[value co "nobody"].type', value: 'other' }],
    refused: [400, 'noTarget'],
  },
];
/** The operation replace (RFC 7644 §3.5.2.3). */
export const patchReplace = section({
  title: 'PATCH replace',
  offered: patchOffered,
  checks: () => [
    ...patchChecks(cases),
    must(
      `${cite}, entra.md B22`,
      'replace by a filter on a type that is not there is noTarget, or makes that value.',
      async (bench) => {
        need(bench.server, 'User', 'emails.type');
        const { path } = await bench.user(adaFor(bench.server));
        const reply = await bench.patch(path, { op: 'replace', path: 'emails[type eq "other"].value', value: NEW });
        const after = await bench.get(path);
        if (reply.status >= 400) {
          demandError(reply, 400, 'noTarget');
          demandValue(after, 'emails', [work, home]);
        } else {
          const emails = objectsOf(after.body.emails);
          demand(after, holds(emails, [work, home, { type: 'other', value: NEW }]), 'the new value beside the others');
        }
      },
    ),
  ],
});
