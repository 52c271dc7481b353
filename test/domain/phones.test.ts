import { describe, expect, test } from 'vitest';
import { whenAgain } from '../../src/domain/phones/code-limits.ts';
import { e164Of, masked, regionOf, takesCodes } from '../../src/domain/phones/e164.ts';
import { stands } from '../../src/domain/phones/verification.ts';

describe('the number that a text stands for', () => {
  test.each([
    ['+49 151 23456789', null, '+4915123456789'],
    ['0049151 23456789', null, '+4915123456789'],
    ['0049151 23456789', 'DE', '+4915123456789'],
    ['0049 151 23456789', 'US', '+4915123456789'],
    ['01149 151 23456789', 'US', '+4915123456789'],
    ['0151 / 234 567-89', 'DE', '+4915123456789'],
    ['+49 (0) 151 23456789', 'US', '+4915123456789'],
    [' +49 151 23456789 ', null, '+4915123456789'],
    ['tel:+1-201-555-0123', null, '+12015550123'],
    ['+1 206 555 0100 x12', null, '+12065550100'],
    ['0151 23456789', null, null],
    ['call me: +49 151 23456789', null, null],
    ['110', 'DE', null],
    ['+999 123456', null, null],
    ['Durchwahl siehe Büro', 'DE', null],
    ['', 'DE', null],
    ['1'.repeat(5_000), 'DE', null],
  ])('%s in %s is %s', (text, region, number) => {
    expect(e164Of(text, region)).toBe(number);
  });

  test('a country is its two letters, whatever their case, and nothing else', () => {
    expect(['DE', ' ch ', 'Germany', 'XX', '', null, 49, 'constructor'].map(regionOf)).toEqual([
      ...['DE', 'CH'],
      ...Array(6).fill(null),
    ]);
  });

  test('numbers at a premium rate take no codes', () => {
    expect(['+4915123456789', '+493012345678', '+19005550123', '+499001234567'].map(takesCodes)).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
  });

  test('a log shows a few digits', () => {
    expect(masked('+4915123456789')).toBe('+49…89');
  });
});

describe('a verification', () => {
  const verified = { e164: '+4915123456789', texts: ['+49 151 23456789'] };

  test('S24 stands for another spelling of the same number', () => {
    expect(stands(verified, '0049151 23456789', null)).toBe(true);
    expect(stands(verified, '0151 23456789', 'DE')).toBe(true);
    expect(stands(verified, '0151 23456789', 'AT')).toBe(false);
  });

  test('S24 does not stand for a number that was another one meanwhile', () => {
    expect(stands({ ...verified, texts: [...verified.texts, '+49 151 1'] }, '+49 151 23456789', null)).toBe(false);
    expect(stands({ ...verified, texts: [...verified.texts, ''] }, '+49 151 23456789', null)).toBe(false);
  });
});

describe('how often a code may be asked for', () => {
  const at = '2026-06-01T12:00:00.000Z';
  const one = { e164: '+491', userId: 'u', at };
  const before = (minutes: number, more: object = {}) => ({
    ...one,
    at: new Date(Date.parse(at) - minutes * 60_000).toISOString(),
    ...more,
  });

  test('once a minute for a number', () => {
    expect(whenAgain([before(0.5)], one)).toBe('2026-06-01T12:00:30.000Z');
    expect(whenAgain([before(1)], one)).toBeNull();
    expect(whenAgain([before(0.5, { e164: '+492' })], one)).toBeNull();
    expect(whenAgain([before(0.5, { userId: 'v' })], one)).toBe('2026-06-01T12:00:30.000Z');
  });

  test('five times an hour for a number, whoever asks', () => {
    const five = [2, 12, 22, 32, 42].map((minutes) => before(minutes, { userId: `${minutes}` }));
    expect(whenAgain(five, one)).toBe('2026-06-01T12:18:00.000Z');
    expect(whenAgain(five.slice(1), one)).toBeNull();
  });

  test('ten times a day for a person, whatever the number', () => {
    const ten = Array.from({ length: 10 }, (_, index) => before(60 * (index + 2), { e164: `+${index}` }));
    expect(whenAgain(ten, one)).toBe('2026-06-02T01:00:00.000Z');
    expect(whenAgain(ten.slice(1), one)).toBeNull();
  });
});
