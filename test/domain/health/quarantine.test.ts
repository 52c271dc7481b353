import { describe, expect, test } from 'vitest';
import { quarantineRisk } from '../../../src/domain/health/quarantine.ts';
import { addReasons, type Reason } from '../../../src/domain/requests/reasons.ts';

const taken: Reason = { status: 409, scimType: 'uniqueness', code: 'NOT_UNIQUE', attribute: 'userName' };
const missing: Reason = { status: 400, scimType: 'invalidValue', code: 'INVALID_INPUT', attribute: 'members' };

const risk = (requests: number, failures: number, references = 0, isTurnedAway = false) =>
  quarantineRisk({
    requests,
    reasons: [
      { ...taken, count: failures },
      { ...missing, count: references },
    ],
    isTurnedAway,
  });

describe('the quarantine gauge', () => {
  test('C9 is 0 where nothing fails, and where nothing was asked', () => {
    expect(risk(10_000, 0)).toBe(0);
    expect(quarantineRisk({ requests: 0, reasons: [], isTurnedAway: false })).toBe(0);
  });

  test('C9 is full at 40 % of failures, but only from 5,000 of them', () => {
    expect(risk(12_500, 5_000)).toBe(1);
    expect(risk(12_501, 5_000)).toBeLessThan(1);
    expect(risk(4_999, 4_999)).toBeCloseTo(4_999 / 5_000);
    expect(risk(10, 10)).toBeCloseTo(0.002);
  });

  test('C9 is full at 40,000 failures, whatever their share', () => {
    expect(risk(10_000_000, 40_000)).toBe(1);
    expect(risk(10_000_000, 39_999)).toBeLessThan(1);
  });

  test('C9 references to people who are not there count only towards 60,000', () => {
    expect(risk(30_000, 0, 30_000)).toBe(0.5);
    expect(risk(60_000, 0, 60_000)).toBe(1);
    expect(risk(1_000_000, 20_000, 40_000)).toBe(1);
  });

  test('C9 is full at once while the directory cannot sign in', () => {
    expect(risk(1_000, 0, 0, true)).toBe(1);
  });
});

describe('reasons', () => {
  test('are counted and put in the order of their frequency', () => {
    const once = addReasons([], [taken, missing]);
    expect(addReasons(once, [missing])).toEqual([
      { ...missing, count: 2 },
      { ...taken, count: 1 },
    ]);
  });

  test('of a client that names ever new attributes are counted together beyond fifty', () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ ...taken, attribute: `a${index}` }));
    const counted = addReasons([], many);
    expect(counted).toHaveLength(51);
    expect(counted[0]).toMatchObject({ code: 'OTHER', attribute: null, count: 30 });
  });
});
