import { afterAll, expect, test } from 'vitest';
import { addMember, entraUser, setActive } from '../scim/admission/company.ts';
import { scimClient } from '../support/scim-client.ts';
import { follow, linkIn, openStage, statusOf } from './support.ts';

const { hub, post, tenant, ask, close } = await openStage();
afterAll(close);

const mailsTo = (address: string) => post.caught.filter(({ to }) => to.includes(address));

test('S26 a person is invited after gate and seat, in the language of their directory, and active once they follow', async () => {
  const client = scimClient(await hub.newDirectory(tenant.id, 'SIGNL4'));
  const { body } = await client.post('/Users', entraUser('ada', { preferredLanguage: 'de-DE' }));
  expect(await statusOf(ask, String(body.id))).toBe('STAGED');
  const group = await client.group('Team');
  await client.patch(`/Groups/${group}`, addMember(body.id));
  expect(await statusOf(ask, String(body.id))).toBe('INVITED');
  const mail = await post.to('ada@example.com');
  expect(mail.mail.subject).toBe('Aktivieren Sie Ihr Konto');
  expect(mailsTo('ada@example.com')).toHaveLength(1);
  expect((await follow(linkIn(mail))).status).toBe(200);
  expect(await statusOf(ask, String(body.id))).toBe('ACTIVE');
  expect((await follow(linkIn(mail))).status).toBe(410);
});

test('S26 an adopted person is sent none', async () => {
  const client = scimClient(
    await hub.newDirectory(tenant.id, 'SIGNL4', { membershipGate: false, onLastGroupLost: 'KEEP' }),
  );
  await ask('mutation { createUser(input: { userName: "bob", email: "bob@example.com" }) { user { id } } }');
  const { status, body } = await client.post('/Users', entraUser('bob'));
  expect([status, await statusOf(ask, String(body.id))]).toEqual([201, 'ACTIVE']);
  await client.post('/Users', entraUser('eve'));
  await post.to('eve@example.com');
  expect(mailsTo('bob@example.com')).toEqual([]);
});

test('S26 who is disabled before they followed has a dead link, and is invited anew when enabled', async () => {
  const client = scimClient(
    await hub.newDirectory(tenant.id, 'SIGNL4', { membershipGate: false, onLastGroupLost: 'KEEP' }),
  );
  const { body } = await client.post('/Users', entraUser('kim'));
  const first = linkIn(await post.to('kim@example.com'));
  await client.patch(`/Users/${body.id}`, setActive(false));
  expect((await follow(first)).status).toBe(410);
  await client.patch(`/Users/${body.id}`, setActive(true));
  expect(await statusOf(ask, String(body.id))).toBe('INVITED');
  const second = linkIn(await post.to('kim@example.com', 2));
  expect((await follow(first)).status).toBe(410);
  expect((await follow(second)).status).toBe(200);
});
