import { expect, test } from 'vitest';
import { fold } from '../../src/domain/key.ts';

const alone = (char: string): string => (char === 'İ' ? 'i' : char.toLowerCase());

test('H5 every character is folded within a word as it is alone', () => {
  const differing: string[] = [];
  for (let code = 1; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const char = String.fromCodePoint(code);
    if (fold(`a${char}`) !== `a${alone(char)}` || fold(`${char}A\u0307`) !== `${alone(char)}a\u0307`)
      differing.push(char);
  }
  expect(differing).toEqual([]);
  expect(fold('ΟΔΟΣ İΣ')).toBe('οδοσ iσ');
});
