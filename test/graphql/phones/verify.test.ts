import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { uuidOf } from '../../../src/domain/ids.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { type SmsGateway, startSmsGateway } from '../../support/sms-gateway.ts';
import { type Ask, askAs } from '../ask.ts';
import { enter, otherThan, personWith, phoneOf, requestCode } from './asking.ts';

let hub: Hub;
let gateway: SmsGateway;
let tenant: Tenant;
let ask: Ask;

beforeAll(async () => {
  gateway = await startSmsGateway();
  hub = await startHub(undefined, { smsWebhookUrl: gateway.url });
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
});
afterAll(async () => {
  await hub?.stop();
  await gateway?.stop();
});

let numbers = 0;
const newNumber = () => `+4915112${String(++numbers).padStart(6, '0')}`;

const sql = (text: string, values: unknown[] = []) =>
  hub.running.database.session(tenant.id, (session) => session.ask<Record<string, unknown>>({ text, values }));

/** As if the person's codes had been asked for earlier by that time. */
const wait = (person: string, time: string) =>
  sql(`update phone_codes set requested_at = requested_at - $2::interval where user_id = $1`, [
    uuidOf('usr', person),
    time,
  ]);

/** A person who was sent a code. */
async function asked() {
  const number = newNumber();
  const id = await personWith(ask, number);
  expect(await requestCode(ask, id)).toEqual([]);
  return { id, number, code: await gateway.codeTo(number) };
}

describe('a code to a phone', () => {
  test('verifies the number, and leaves an event for each step', async () => {
    const { id, number, code } = await asked();
    expect(code).toMatch(/^\d{6}$/);
    expect(await phoneOf(ask, id)).toEqual({ value: number, e164: number, verifiedAt: null, needsVerification: true });
    expect(await enter(ask, id, code)).toEqual([]);
    const { verifiedAt, needsVerification } = await phoneOf(ask, id);
    expect([typeof verifiedAt, needsVerification]).toEqual(['string', false]);
    const { data } = await ask('query ($id: ID!) { user(id: $id) { history { nodes { name } } } }', { id });
    const names = data.user.history.nodes.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['user.phone.verified', 'user.phone.code.requested', 'user.created']);
  });

  test('opens once, however many enter it at once', async () => {
    const { id, code } = await asked();
    const answers = await Promise.all(Array.from({ length: 5 }, () => enter(ask, id, code)));
    expect(answers.filter((problems) => problems.length === 0)).toHaveLength(1);
    expect(await enter(ask, id, code)).toMatchObject([{ code: 'INVALID_INPUT', path: ['code'] }]);
  });

  test('may be tried five times: a wrong one counts, and says how many are left', async () => {
    const { id, code } = await asked();
    const messages = [];
    for (let index = 0; index < 5; index++) {
      const [problem] = await enter(ask, id, otherThan(code));
      expect(problem).toMatchObject({ code: 'INVALID_INPUT', path: ['code'] });
      messages.push(/\d more|new one/.exec(problem!.message)![0]);
    }
    expect(messages).toEqual(['4 more', '3 more', '2 more', '1 more', 'new one']);
    expect(await enter(ask, id, code)).toMatchObject([{ message: expect.stringContaining('ask for a new one') }]);
    expect((await phoneOf(ask, id)).verifiedAt).toBeNull();
  });

  test('is tried no more than five times by 64 guesses at once', async () => {
    const { id, code } = await asked();
    const guesses = Array.from({ length: 64 }, () => enter(ask, id, otherThan(code)));
    const messages = (await Promise.all(guesses)).map(([problem]) => problem!.message);
    expect(messages.filter((message) => message.startsWith('The code is wrong'))).toHaveLength(5);
    expect(await enter(ask, id, code)).toHaveLength(1);
    const [row] = await sql('select tries from phone_codes where user_id = $1', [uuidOf('usr', id)]);
    expect(row).toEqual({ tries: 5 });
  });

  test('of another person is refused', async () => {
    const [one, other] = [await asked(), await asked()];
    expect(await enter(ask, one.id, other.code === one.code ? otherThan(one.code) : other.code)).toHaveLength(1);
    expect(await enter(ask, other.id, other.code)).toEqual([]);
  });

  test('ends after ten minutes', async () => {
    const { id, code } = await asked();
    const [row] = await sql(`select expires_at - requested_at < interval '11 minutes' as soon from phone_codes`);
    expect(row).toEqual({ soon: true });
    await sql(`update phone_codes set expires_at = now() - interval '1 second'`);
    expect(await enter(ask, id, code)).toMatchObject([{ code: 'INVALID_INPUT', path: ['code'] }]);
  });

  test('ends when the next one is asked for', async () => {
    const { id, number, code } = await asked();
    await wait(id, '1 minute');
    expect(await requestCode(ask, id)).toEqual([]);
    const next = await gateway.codeTo(number, 2);
    if (next !== code) expect(await enter(ask, id, code)).toHaveLength(1);
    expect(await enter(ask, id, next)).toEqual([]);
  });

  test('says nothing of a number that has become another one meanwhile', async () => {
    const { id, code } = await asked();
    await ask('mutation ($id: ID!, $p: String) { updateUser(id: $id, input: { phone: $p }) { problems { code } } }', {
      id,
      p: newNumber(),
    });
    expect(await enter(ask, id, code)).toMatchObject([{ path: ['code'], message: expect.stringContaining('changed') }]);
  });

  test('is readable nowhere in the database, and in no line of the log', async () => {
    const { code } = await asked();
    const tables = ['phone_codes', 'phone_verifications', 'outbox', 'events'];
    const rows = await Promise.all(tables.map((table) => sql(`select to_jsonb(t)::text as row from ${table} t`)));
    expect(JSON.stringify(rows)).not.toContain(`"${code}`);
    expect(JSON.stringify(rows)).not.toContain(` ${code}`);
    expect(hub.log.join('\n')).not.toContain(code);
  });

  test('that could not be sent is sent anew, and the first one opens nothing', async () => {
    gateway.refuse(1);
    const { id, code } = await asked();
    expect(await enter(ask, id, code)).toEqual([]);
    expect(hub.log.some((line) => line.includes('phone.code') && line.includes('503'))).toBe(true);
  });

  test('that could not be sent for ten minutes is not sent any more', async () => {
    const number = newNumber();
    const id = await personWith(ask, number);
    gateway.refuse(1);
    const failures = () => hub.log.filter((line) => line.includes('503')).length;
    const before = failures();
    expect(await requestCode(ask, id)).toEqual([]);
    await vi.waitUntil(() => failures() > before, { timeout: 15_000 });
    await wait(id, '10 minutes');
    await vi.waitUntil(async () => (await sql('select 1 from outbox where sent_at is null')).length === 0, {
      timeout: 15_000,
    });
    expect(gateway.taken.filter(({ to }) => to === number)).toEqual([]);
  });

  test('is written in the language of the person', async () => {
    const number = newNumber();
    const id = await personWith(ask, number, { preferredLanguage: 'de-CH' });
    await requestCode(ask, id);
    const code = await gateway.codeTo(number);
    expect(gateway.taken.find(({ to }) => to === number)!.text).toMatch(new RegExp(`^${code} ist Ihr Code`));
  });
});

describe('who may verify a phone', () => {
  const refused = [{ code: 'NOT_ALLOWED', path: ['user'] }];

  test('the person may, their manager and others may not', async () => {
    const number = newNumber();
    const boss = await personWith(ask, newNumber());
    const id = await personWith(ask, number, { manager: boss });
    for (const as of [askAs(hub, tenant.key, boss), askAs(hub, tenant.key, await personWith(ask, newNumber()))]) {
      expect(await requestCode(as, id)).toMatchObject(refused);
      expect(await enter(as, id, '000000')).toMatchObject(refused);
    }
    const self = askAs(hub, tenant.key, id);
    expect(await requestCode(self, id)).toEqual([]);
    expect(await enter(self, id, await gateway.codeTo(number))).toEqual([]);
  });

  test('a key of another company finds nobody', async () => {
    const id = await personWith(ask, newNumber());
    const stranger = askAs(hub, (await hub.newTenant()).key);
    expect(await requestCode(stranger, id)).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await enter(stranger, id, '000000')).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('codes are not asked for without end', () => {
  test('once a minute for a number, and the refusal says when again', async () => {
    const { id, number } = await asked();
    const [problem] = await requestCode(ask, id);
    const [row] = await sql(
      `select requested_at + interval '1 minute' as again from phone_codes where e164 = $1 and ended_at is null`,
      [number],
    );
    expect(problem).toMatchObject({ code: 'NOT_ALLOWED', path: ['user'] });
    expect(problem!.message).toContain(row!.again);
  });

  test('once a minute also where two people share the number', async () => {
    const { number } = await asked();
    expect(await requestCode(ask, await personWith(ask, number))).toMatchObject([{ code: 'NOT_ALLOWED' }]);
  });

  test('one of 64 requests at once is heard', async () => {
    const number = newNumber();
    const id = await personWith(ask, number);
    const answers = await Promise.all(Array.from({ length: 64 }, () => requestCode(ask, id)));
    expect(answers.filter((problems) => problems.length === 0)).toHaveLength(1);
    await gateway.codeTo(number);
    expect(gateway.taken.filter(({ to }) => to === number)).toHaveLength(1);
  });

  test('a refused request sends nothing and changes nothing', async () => {
    const { id, number, code } = await asked();
    await requestCode(ask, id);
    const [row] = await sql('select count(*)::int as waiting from outbox where sent_at is null');
    expect(row).toEqual({ waiting: 0 });
    expect(gateway.taken.filter(({ to }) => to === number)).toHaveLength(1);
    expect(await enter(ask, id, code)).toEqual([]);
  });
});

describe('numbers that take no code', () => {
  test.each([
    ['12', 'country code'],
    ['+1 900 555 0123', 'premium'],
  ])('%s', async (phone, reason) => {
    const id = await personWith(ask, phone === '12' ? '12 34' : phone);
    expect(await requestCode(ask, id)).toMatchObject([
      { code: 'INVALID_INPUT', path: ['type'], message: expect.stringContaining(reason) },
    ]);
  });

  test('none, one of another type, and one that is verified already', async () => {
    const { id, code } = await asked();
    expect(await requestCode(ask, id, 'work')).toMatchObject([{ path: ['type'] }]);
    expect(await requestCode(ask, id, 'fax')).toMatchObject([{ path: ['type'] }]);
    await enter(ask, id, code);
    expect(await requestCode(ask, id)).toMatchObject([{ message: 'This number is verified already.' }]);
  });
});

test.each(['+()', '+49 151 23456789 (Büro)', '1'.repeat(41)])('an edit to %s is no phone number', async (phone) => {
  const id = await personWith(ask, newNumber());
  const query =
    'mutation ($id: ID!, $p: String) { updateUser(id: $id, input: { phone: $p }) { problems { code path } } }';
  expect((await ask(query, { id, p: phone })).data.updateUser.problems).toEqual([
    { code: 'INVALID_INPUT', path: ['phone'] },
  ]);
});

test('a number at work is verified apart from the mobile one', async () => {
  const [mobile, work] = [newNumber(), newNumber()];
  const id = await personWith(ask, mobile);
  const edit =
    'mutation ($id: ID!, $v: [FieldWrite!]) { updateUser(id: $id, input: { custom: $v }) { problems { code } } }';
  expect((await ask(edit, { id, v: [{ key: 'workPhone', value: work }] })).errors).toBeUndefined();
  await requestCode(ask, id, 'work');
  expect(await enter(ask, id, await gateway.codeTo(work), 'work')).toEqual([]);
  const { data } = await ask('query ($id: ID!) { user(id: $id) { phoneNumbers { type needsVerification } } }', { id });
  expect(data.user.phoneNumbers).toEqual([
    { type: 'mobile', needsVerification: true },
    { type: 'work', needsVerification: false },
  ]);
});
