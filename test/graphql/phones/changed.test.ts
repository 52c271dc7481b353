import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { uuidOf } from '../../../src/domain/ids.ts';
import { type Hub, startHub, type Tenant } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';
import { type SmsGateway, startSmsGateway } from '../../support/sms-gateway.ts';
import { type Ask, askAs } from '../ask.ts';
import { enter, phoneOf, requestCode } from './asking.ts';

let hub: Hub;
let gateway: SmsGateway;
let tenant: Tenant;
let ask: Ask;
let entra: ReturnType<typeof scimClient>;

beforeAll(async () => {
  gateway = await startSmsGateway();
  hub = await startHub(undefined, { smsWebhookUrl: gateway.url });
});
afterAll(async () => {
  await hub?.stop();
  await gateway?.stop();
});

/** A company of its own, as it is before anyone has set a rule. */
async function newCompany() {
  tenant = await hub.newTenant();
  ask = askAs(hub, tenant.key);
  entra = scimClient(await hub.newDirectory(tenant.id));
}

let numbers = 0;
const newNumber = () => `+4915113${String(++numbers).padStart(6, '0')}`;
const spelt = (number: string) => `${number.replace('+49151', '0049151 ')}`;

/** A person whom Entra sends, with a mobile number. */
async function sent(value: string): Promise<string> {
  const userName = `${crypto.randomUUID()}@contoso.com`;
  const body = { schemas: [USER], userName, active: true, phoneNumbers: [{ primary: true, type: 'mobile', value }] };
  const { body: made } = await entra.post('/Users', body);
  return String(made.id);
}
const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** What Entra sends when the number is changed there. */
const resend = async (id: string, value: string) => {
  const path = 'phoneNumbers[type eq "mobile"].value';
  expect((await entra.patch(`/Users/${id}`, { op: 'Replace', path, value })).status).toBeLessThan(300);
};

/** The number as Entra reads it back. */
async function heldBy(id: string): Promise<string> {
  const { body } = await entra.get(`/Users/${id}`);
  return (body.phoneNumbers as unknown as { value: string }[])[0]!.value;
}

async function verify(id: string): Promise<string> {
  const { e164 } = await phoneOf(ask, id);
  expect(await requestCode(ask, id)).toEqual([]);
  expect(await enter(ask, id, await gateway.codeTo(e164))).toEqual([]);
  const { verifiedAt } = await phoneOf(ask, id);
  expect(verifiedAt).not.toBeNull();
  return verifiedAt;
}

/** A person of Entra with a verified number. */
async function verified() {
  await newCompany();
  const number = newNumber();
  const id = await sent(`${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`);
  return { id, number, verifiedAt: await verify(id) };
}

/** That the hub has looked at every change. */
const settled = () =>
  vi.waitUntil(
    async () => {
      const text = 'select 1 from phone_verifications where changed_at is not null';
      return (await hub.running.database.session(tenant.id, (one) => one.ask({ text, values: [] }))).length === 0;
    },
    { timeout: 15_000 },
  );

const edit = async (id: string, phone: string | null) =>
  (
    await ask('mutation ($id: ID!, $p: String) { updateUser(id: $id, input: { phone: $p }) { problems { code } } }', {
      id,
      p: phone,
    })
  ).data.updateUser.problems;

const setRule = (sourceOfTruth: string) =>
  ask('mutation ($r: [FieldRuleInput!]) { setFieldRules(rules: $r) { problems { code } } }', {
    r: [{ key: 'phone', sourceOfTruth }],
  });

const unverified = { verifiedAt: null, needsVerification: true };
const codesTo = (number: string) => gateway.taken.filter(({ to }) => to === number).length;

describe('S24 a verified number', () => {
  test('S24 another spelling of the same number keeps the verification: +49 151 … = 0049151 …', async () => {
    const { id, number, verifiedAt } = await verified();
    for (const value of [spelt(number), `+49 (0)151/${number.slice(6)}`, `tel:${number}`]) {
      await resend(id, value);
      expect(await phoneOf(ask, id)).toEqual({ value, e164: number, verifiedAt, needsVerification: false });
      await settled();
      expect(await phoneOf(ask, id)).toEqual({ value, e164: number, verifiedAt, needsVerification: false });
    }
    expect(codesTo(number)).toBe(1);
  });

  test('S24 a number that the directory changes is unverified at once, and is sent a code by itself', async () => {
    const { id } = await verified();
    const next = newNumber();
    await resend(id, next);
    expect(await phoneOf(ask, id)).toEqual({ value: next, e164: next, ...unverified });
    expect(await enter(ask, id, await gateway.codeTo(next))).toEqual([]);
    expect(await phoneOf(ask, id)).toMatchObject({ needsVerification: false });
  });

  test('S24 a number that comes back after another one must be verified again', async () => {
    const { id, number } = await verified();
    await resend(id, newNumber());
    await resend(id, number);
    expect(await phoneOf(ask, id)).toMatchObject({ e164: number, ...unverified });
    await settled();
    expect(await phoneOf(ask, id)).toMatchObject({ e164: number, ...unverified });
  });

  test('S24 a number that is cleared and given again must be verified again', async () => {
    const { id, number } = await verified();
    await entra.patch(`/Users/${id}`, { op: 'Remove', path: 'phoneNumbers[type eq "mobile"]' });
    expect(await phoneOf(ask, id)).toBeNull();
    await settled();
    await resend(id, number);
    expect(await phoneOf(ask, id)).toMatchObject(unverified);
  });

  test('S24 a number that was never verified is changed without a code', async () => {
    await newCompany();
    const [first, second] = [newNumber(), newNumber()];
    const id = await sent(first);
    await resend(id, second);
    await settled();
    expect([codesTo(first), codesTo(second)]).toEqual([0, 0]);
  });

  test('S24 holds when a rule changes whose number counts', async () => {
    const { id, number } = await verified();
    const own = newNumber();
    await setRule('USER');
    expect(await edit(id, own)).toEqual([]);
    await settled();
    expect(await enter(ask, id, await gateway.codeTo(own))).toEqual([]);
    await setRule('DIRECTORY');
    expect(await phoneOf(ask, id)).toMatchObject({ e164: number, ...unverified });
    await vi.waitUntil(() => codesTo(number) === 1);
    await setRule('USER');
    expect(await phoneOf(ask, id)).toMatchObject({ e164: own, ...unverified });
  });

  test('S24 holds when the change of the number is undone', async () => {
    const { id, number } = await verified();
    const next = newNumber();
    await resend(id, next);
    await settled();
    expect(await enter(ask, id, await gateway.codeTo(next))).toEqual([]);
    const { data } = await ask('query ($id: ID!) { user(id: $id) { history { nodes { id name } } } }', { id });
    const changed = data.user.history.nodes.find(({ name }: { name: string }) => name === 'user.updated');
    const undone = await ask('mutation ($id: ID!) { undoEvent(id: $id) { usersChanged problems { message } } }', {
      id: changed.id,
    });
    expect(undone.data.undoEvent).toEqual({ usersChanged: 1, problems: [] });
    expect(await phoneOf(ask, id)).toMatchObject({ e164: number, ...unverified });
  });

  test('S24 a number that changes while its code is entered is never verified by it', async () => {
    await newCompany();
    for (let round = 0; round < 12; round++) {
      const [first, second] = [newNumber(), newNumber()];
      const id = await sent(first);
      expect(await requestCode(ask, id)).toEqual([]);
      const code = await gateway.codeTo(first);
      await Promise.all([enter(ask, id, code), resend(id, second)]);
      expect(await phoneOf(ask, id)).toEqual({ value: second, e164: second, ...unverified });
    }
  });

  test('S24 the code that goes out by itself is asked for as seldom as any other', async () => {
    const { id } = await verified();
    const next = newNumber();
    await hub.running.database.session(tenant.id, (session) =>
      session.ask({
        text: `insert into phone_codes (tenant_id, id, user_id, field, e164, requested_at, tries, ended_at)
          select tenant_id, gen_random_uuid(), user_id, 'phone', '+1' || n, now(), 0, now()
          from phone_verifications, generate_series(1, 9) n where user_id = $1`,
        values: [uuidOf('usr', id)],
      }),
    );
    await resend(id, next);
    await settled();
    expect(codesTo(next)).toBe(0);
    expect(await requestCode(ask, id)).toMatchObject([{ code: 'NOT_ALLOWED', path: ['user'] }]);
  });
});

test('S6 under LATEST an edited number stays while Entra sends its old one again, and gives way to a new one', async () => {
  const { id, number } = await verified();
  await setRule('LATEST');
  const own = newNumber();
  expect(await edit(id, own)).toEqual([]);
  expect(await phoneOf(ask, id)).toMatchObject({ value: own, ...unverified });
  expect(await enter(ask, id, await gateway.codeTo(own))).toEqual([]);
  const before = await phoneOf(ask, id);
  await resend(id, await heldBy(id));
  expect(await phoneOf(ask, id)).toEqual(before);
  const next = newNumber();
  await resend(id, next);
  expect(await phoneOf(ask, id)).toMatchObject({ value: next, ...unverified });
  await gateway.codeTo(next);
  expect(codesTo(number)).toBe(1);
});

test('DY6 a number with odd spaces and umlauts is shown byte for byte, to Entra and in GraphQL', async () => {
  await newCompany();
  const value = '  +49\u00a0151 23456789\u2009(B\u00fcro u\u0308ber 2. Stock) ';
  const id = await sent(value);
  expect(await phoneOf(ask, id)).toMatchObject({ value });
  expect((await entra.get(`/Users/${id}`)).body.phoneNumbers).toMatchObject([{ value }]);
});

describe('a number without a country code', () => {
  const setRegion = async (region: string | null) => {
    const query = 'mutation ($r: String) { setDefaultRegion(region: $r) { defaultRegion problems { code path } } }';
    return (await ask(query, { r: region })).data.setDefaultRegion;
  };

  test('is read in the country of the address, else in the default region, else not at all', async () => {
    await newCompany();
    const id = await sent('0151 23456789');
    expect(await phoneOf(ask, id)).toMatchObject({ e164: null, needsVerification: false });
    expect(await setRegion('de')).toEqual({ defaultRegion: 'DE', problems: [] });
    expect((await ask('{ defaultRegion }')).data).toEqual({ defaultRegion: 'DE' });
    expect(await phoneOf(ask, id)).toMatchObject({ e164: '+4915123456789', needsVerification: true });
    const path = 'addresses[type eq "work"].country';
    await entra.patch(`/Users/${id}`, { op: 'Add', path, value: 'AT' });
    expect(await phoneOf(ask, id)).toMatchObject({ e164: '+4315123456789' });
  });

  test('the default region is a country, and is refused otherwise', async () => {
    await newCompany();
    expect(await setRegion('Germany')).toEqual({
      defaultRegion: null,
      problems: [{ code: 'INVALID_INPUT', path: ['region'] }],
    });
  });
});
