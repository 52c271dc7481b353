import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';
import { filter, intruder, operations } from './support/intruder.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const same: [what: string, one: string, other: string][] = [
  ['letter case', 'ada@example.com', 'ADA@Example.COM'],
  ['full width', 'ada@example.com', 'ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ'],
  ['a ligature', 'officer', 'oﬃcer'],
  ['a long s', 'sam', 'ſam'],
  ['the sign of Kelvin', 'kim', '\u212aim'],
  ['composed and decomposed', 'rené', 'rene\u0301'],
  ['a dotted capital I', 'İpek', 'i\u0307pek'],
  ['a final sigma', 'ΝΙΚΟΣ', 'νικοσ'],
  ['a sigma in the middle that was final', 'νίκος2', 'νίκοσ2'],
  ['mathematical letters', 'ada', '𝐚𝐝𝐚'],
  ['digits in circles', 'user1', 'user①'],
];

describe('userNames that differ by', () => {
  test.each(same)('A36 A37 %s are one name: 409 by POST, PUT and PATCH', async (_what, one, other) => {
    const send = intruder(await hub.newDirectory());
    expect((await send('POST', '/Users', { userName: one })).status).toBe(201);
    expect((await send('POST', '/Users', { userName: other })).status).toBe(409);
    const { json: eve } = await send('POST', '/Users', { userName: 'eve' });
    expect((await send('PUT', `/Users/${eve.id}`, { userName: other })).status).toBe(409);
    const { status } = await send(
      'PATCH',
      `/Users/${eve.id}`,
      operations({ op: 'replace', path: 'userName', value: other }),
    );
    expect(status).toBe(409);
    const { json } = await send('GET', `/Users${filter(`userName eq ${JSON.stringify(other)}`)}`);
    expect(json.Resources.map((found: { userName: string }) => found.userName)).toEqual([one]);
  });

  test('A37 letters of another script are two names', async () => {
    const send = intruder(await hub.newDirectory());
    expect((await send('POST', '/Users', { userName: 'admin' })).status).toBe(201);
    expect((await send('POST', '/Users', { userName: 'аdmin' })).status).toBe(201);
  });
});

describe('groups whose names differ by', () => {
  test.each(same)('A37 %s are one name: 409', async (_what, one, other) => {
    const send = intruder(await hub.newDirectory());
    expect((await send('POST', '/Groups', { displayName: one })).status).toBe(201);
    expect((await send('POST', '/Groups', { displayName: other })).status).toBe(409);
  });
});

const invisible = [
  'a\u200bb',
  'a\u200d\u200cb',
  '\u202eadmin',
  '\u2066a\u2069',
  '\ufeffa',
  'a\u00adb',
  ' a ',
  '\ta\n',
  '\u0001',
  'é',
  'e\u0301',
  '\u{1F468}\u200D\u{1F469}',
  '\uffff',
  '\ufdd0',
];

test('A36 zero-width, bidirectional and control characters are kept byte for byte', async () => {
  const send = intruder(await hub.newDirectory());
  for (const text of invisible) {
    const emails = [{ type: 'work', value: `${text}@example.com` }];
    const made = await send('POST', '/Users', {
      userName: `u-${text}-`,
      displayName: text,
      title: text,
      externalId: text,
      emails,
    });
    expect([text, made.status]).toEqual([text, 201]);
    const { json } = await send('GET', `/Users/${made.json.id}`);
    expect([json.userName, json.displayName, json.title, json.externalId, json.emails]).toEqual([
      `u-${text}-`,
      text,
      text,
      text,
      emails,
    ]);
    expect((await send('GET', `/Users${filter(`externalId eq ${JSON.stringify(text)}`)}`)).json.totalResults).toBe(1);
    expect(
      (await send('GET', `/Users${filter(`userName eq ${JSON.stringify(`u-${text}-`)}`)}`)).json.totalResults,
    ).toBeGreaterThan(0);
    expect((await send('DELETE', `/Users/${made.json.id}`)).status).toBe(204);
  }
});

test('A36 a name of nothing to see is refused', async () => {
  const send = intruder(await hub.newDirectory());
  for (const userName of ['', ' ', '\t\n', '\u3000', '\ufeff', [], {}, null]) {
    expect([userName, (await send('POST', '/Users', { userName })).status]).toEqual([userName, 400]);
  }
});

/** Text that no compression makes short. */
const noise = (length: number) =>
  Array.from({ length }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919 + index ** 2 * 31) % 20_000))).join(
    '',
  );

test.each(['userName', 'externalId', 'displayName', 'title', 'emails'])(
  'A37 a very long %s is taken or refused, and never a server error',
  async (name) => {
    const send = intruder(await hub.newDirectory());
    for (const length of [300, 1_000, 3_000, 10_000, 16_384, 16_385]) {
      const value = name === 'emails' ? [{ type: 'work', value: noise(length) }] : noise(length);
      const user = await send('POST', '/Users', { userName: `u${length}`, [name]: value });
      expect([length, user.status]).toEqual([length, expect.toBeOneOf([201, 400])]);
      if (user.status === 400)
        expect(user.json).toMatchObject({ scimType: 'invalidValue', detail: expect.stringContaining(name) });
      const group = await send('POST', '/Groups', { displayName: `g${length}`, [name]: value });
      expect([length, group.status]).toEqual([length, expect.toBeOneOf([201, 400])]);
    }
  },
);

test('A37 long names that differ only at their end are two names, and the same one is 409', async () => {
  const send = intruder(await hub.newDirectory());
  const long = 'x'.repeat(600);
  expect((await send('POST', '/Users', { userName: `${long}1` })).status).toBe(201);
  expect((await send('POST', '/Users', { userName: `${long}2` })).status).toBe(201);
  expect((await send('POST', '/Users', { userName: `${long.toUpperCase()}1` })).status).toBe(409);
});
