import { jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { IssuerUnavailable, issuerKeys } from '../../../src/http/oauth/issuer-keys.ts';
import { type Issuer, startIssuer, type TestTrust } from '../../support/issuer.ts';

let issuer: Issuer;
let trust: TestTrust;
let now: number;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer?.stop());
beforeEach(() => {
  issuer.behave(null);
  issuer.asked.length = 0;
  trust = issuer.newTrust();
  now = 1e12;
});

const MINUTE = 60_000;
const down = () => issuer.behave((response) => response.destroy());
const newKeys = () => {
  const keysOf = issuerKeys(
    issuer.url,
    () => {},
    () => now,
  );
  return async (header?: object) => {
    await jwtVerify(await issuer.assertion(trust, {}, header), keysOf(trust.tenantId));
  };
};

test('keys are asked for once and kept for ten minutes', async () => {
  const verify = newKeys();
  await Promise.all([verify(), verify(), verify()]);
  now += 9 * MINUTE;
  await verify();
  expect(issuer.asked).toHaveLength(1);
  now += 2 * MINUTE;
  await verify();
  expect(issuer.asked).toHaveLength(2);
});

test('a key that is not there makes the hub ask again at most every half minute', async () => {
  const verify = newKeys();
  await verify();
  for (let round = 0; round < 5; round++)
    await expect(verify({ kid: `junk-${round}` })).rejects.toThrow(/no applicable/);
  expect(issuer.asked).toHaveLength(1);
  now += 31_000;
  for (let round = 0; round < 5; round++)
    await expect(verify({ kid: `junk-${round}` })).rejects.toThrow(/no applicable/);
  expect(issuer.asked).toHaveLength(2);
});

test('a new key is found by asking again', async () => {
  const verify = newKeys();
  await verify();
  await issuer.rotate();
  now += 31_000;
  await verify();
  expect(issuer.asked).toHaveLength(2);
});

test('keys are used for an hour while the issuer is down, and no longer', async () => {
  const verify = newKeys();
  await verify();
  down();
  now += 59 * MINUTE;
  await verify();
  now += 2 * MINUTE;
  await expect(verify()).rejects.toThrow(IssuerUnavailable);
  issuer.behave(null);
  now += 6_000;
  await verify();
});

test('an issuer that is down is left alone for five seconds', async () => {
  const verify = newKeys();
  down();
  for (let round = 0; round < 5; round++) await expect(verify()).rejects.toThrow(IssuerUnavailable);
  expect(issuer.asked).toHaveLength(1);
});

test('a key that may be new is no refusal while the issuer is down', async () => {
  const verify = newKeys();
  await verify();
  down();
  now += 31_000;
  await expect(verify({ kid: 'rotated' })).rejects.toThrow(IssuerUnavailable);
  await verify();
});

test('an assertion that names no key is refused without asking', async () => {
  const verify = newKeys();
  await expect(verify({ kid: undefined })).rejects.toThrow(/no applicable/);
  expect(issuer.asked).toEqual([]);
});
