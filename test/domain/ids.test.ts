import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uuidOf, wireId } from '../../src/domain/ids.ts';

test('every stored id comes back from its wire id, and both sort alike', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), (a, b) => {
      expect(uuidOf('usr', wireId('usr', a))).toBe(a);
      expect(wireId('usr', a) < wireId('usr', b)).toBe(a < b);
    }),
  );
  expect(wireId('tnt', '00000000-0000-0000-0000-000000000000')).toBe('tnt_00000000000000000000000000');
  expect(wireId('tnt', 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('tnt_7zzzzzzzzzzzzzzzzzzzzzzzzz');
});
