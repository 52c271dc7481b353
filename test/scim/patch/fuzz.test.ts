import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { ENTERPRISE } from '../../../src/fields/user.fields.ts';
import { ScimFault } from '../../../src/scim/faults.ts';
import { parsePatch } from '../../../src/scim/patch/operation.ts';
import { patchGroup } from '../../../src/scim/patch/patch-group.ts';
import { patchUser } from '../../../src/scim/patch/patch-user.ts';
import { newUser } from '../../../src/scim/resource/read.ts';
import { userRecord } from '../../../src/scim/resource/record.ts';
import { fullPost } from '../resource/bodies.ts';

const paths = fc.constantFrom(
  'userName',
  'active',
  'title',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[type eq "home" and primary eq true].value',
  'emails[primary eq "True"].primary',
  'emails[type ne "work"].display',
  'roles',
  'roles[primary eq "True"].value',
  'addresses[type eq "work"].country',
  'manager',
  'manager.value',
  `${ENTERPRISE}:manager`,
  ENTERPRISE,
  `${ENTERPRISE}:department`,
  'urn:x:C:2.0:User:badge',
  'urn:x:C:2.0:User',
  'unknown',
  'unknown.part',
  'unknown[a eq "b"].c',
  'members',
  'members[value eq "a"]',
  'id',
  'meta.version',
  'password',
  '__proto__',
  '__proto__.x',
  'constructor.prototype.x',
  'toString.x',
  'emails[',
  'displayName',
  '',
);
const keys = fc.oneof(
  paths,
  fc.constantFrom('value', 'type', 'primary', 'display', 'givenName', 'department', 'Value', 'country', 'valueOf'),
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'value' },
    fc.constantFrom(
      null,
      '',
      'a',
      'b',
      'True',
      'False',
      true,
      false,
      7,
      '{"value":"x","displayName":"X"}',
      '{"__proto__":1,"value":"x"}',
      '\0',
      '\ud800',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.record(
      {
        type: fc.constantFrom('work', 'home'),
        value: fc.constantFrom('a', 'b', ''),
        primary: fc.constantFrom(true, false, 'True'),
      },
      { requiredKeys: [] },
    ),
  ),
})).value;
const operations = fc.array(
  fc.record(
    {
      op: fc.constantFrom('add', 'Replace', 'remove', 'move'),
      path: fc.oneof(paths, paths, paths, fc.string({ maxLength: 20 })),
      value: values,
    },
    { requiredKeys: ['op'] },
  ),
  { maxLength: 6 },
);

const full = newUser(JSON.parse(fullPost));
const starts = fc.constantFrom<JsonObject>({ userName: 'u', active: true }, full, {
  ...full,
  emails: [{ type: 'work', value: 'a', primary: true }, { type: 'home', value: 'b' }, { value: 'c' }],
  unknown: [{ a: 'b', c: 1 }, 'x'],
  'urn:x:C:2.0:User': { badge: 'x' },
});

const outcome = <T>(act: () => T): T | ScimFault => {
  try {
    return act();
  } catch (error) {
    if (error instanceof ScimFault && error.status >= 400 && error.status < 500 && error.detail !== '') return error;
    throw error;
  }
};

test('A22 A27 20,000 patches give a whole record or a fault, and change nothing they were given', () => {
  fc.assert(
    fc.property(starts, operations, (resource, Operations) => {
      const before = JSON.stringify(resource);
      const sent = JSON.stringify(Operations);
      const after = outcome(() => patchUser(resource, parsePatch({ Operations })));
      expect(JSON.stringify(resource)).toBe(before);
      expect(JSON.stringify(Operations)).toBe(sent);
      expect(Object.keys(Object.prototype)).toEqual([]);
      if (after instanceof ScimFault) return;
      expect(after.userName).toMatch(/\S/);
      expect([true, false, null, undefined]).toContain(after.active);
      for (const name of ['id', 'meta', 'schemas', 'groups', 'password']) expect(after).not.toHaveProperty([name]);
      for (const name of ['emails', 'roles', 'addresses', 'photos']) {
        const list = (after[name] ?? []) as JsonObject[];
        expect(Array.isArray(list)).toBe(true);
        expect(list.filter((element) => element.primary === true).length).toBeLessThan(2);
      }
      for (const [name, value] of Object.entries(after))
        expect([name, value === '' || (value === null && name !== 'active')]).toEqual([name, false]);
      userRecord(after, resource);
    }),
    { numRuns: 20_000 },
  );
});

test('one after the other is the same as together', () => {
  fc.assert(
    fc.property(starts, operations, (resource, Operations) => {
      const together = outcome(() => patchUser(resource, parsePatch({ Operations })));
      const apart = outcome(() =>
        Operations.reduce<JsonObject>((next, one) => patchUser(next, parsePatch({ Operations: [one] })), resource),
      );
      if (together instanceof ScimFault) expect(apart).toBeInstanceOf(ScimFault);
      else expect(apart).toEqual(together);
    }),
    { numRuns: 3000 },
  );
});

test('a patch made twice is the same as once, when it only replaces or removes', () => {
  fc.assert(
    fc.property(
      starts,
      fc.record({ op: fc.constantFrom('replace', 'remove'), path: paths, value: values }),
      (resource, operation) => {
        const once = outcome(() => patchUser(resource, parsePatch({ Operations: [operation] })));
        if (once instanceof ScimFault) return;
        const twice = outcome(() => patchUser(once, parsePatch({ Operations: [operation] })));
        // What a filter chose may be chosen no longer, once it has changed.
        if (!/ (?:eq|ne) /.test(JSON.stringify(operation))) expect(twice).toEqual(once);
      },
    ),
    { numRuns: 5000 },
  );
});

test('a record that was read is read again as itself', () => {
  fc.assert(
    fc.property(starts, operations, (resource, Operations) => {
      const after = outcome(() => patchUser(resource, parsePatch({ Operations })));
      if (after instanceof ScimFault) return;
      const once = outcome(() => newUser(after));
      if (once instanceof ScimFault) return;
      expect(newUser(once)).toEqual(once);
    }),
    { numRuns: 5000 },
  );
});

test('patches of groups give changes or a fault', () => {
  fc.assert(
    fc.property(operations, (Operations) => {
      const patch = outcome(() => patchGroup(parsePatch({ Operations })));
      if (patch instanceof ScimFault) return;
      for (const change of patch.members) {
        if (change.kind === 'add' || change.kind === 'remove' || change.kind === 'replace') {
          expect(change.ids.every((id) => typeof id === 'string' && id !== '')).toBe(true);
        }
      }
      const group = outcome(() => (patch.change ?? ((same) => same))({ displayName: 'g' }));
      if (!(group instanceof ScimFault)) expect(group.displayName).toMatch(/\S/);
    }),
    { numRuns: 5000 },
  );
});

test('any body at all is read or refused', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.dictionary(keys, values, { noNullPrototype: true }), (json, body) => {
      outcome(() => newUser(json));
      outcome(() => parsePatch(json));
      const read = outcome(() => newUser({ ...body, userName: 'u' }));
      if (!(read instanceof ScimFault)) expect(newUser(read)).toEqual(read);
    }),
    { numRuns: 10_000 },
  );
});
