import { afterAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { askAs } from '../graphql/ask.ts';
import { follow, linkIn, openStage, person, sendTo, statusOf } from './support.ts';

const { hub, post, tenant, ask, invited, newAddress, age, sql, close } = await openStage();
afterAll(close);

describe('an invitation', () => {
  test('S26 arrives by mail, and its link activates the person once: the second click is 410', async () => {
    const { id, email, caught, link } = await invited({ displayName: 'Ada Lovelace' });
    expect(caught.to).toEqual([email]);
    expect(caught.mail.to).toEqual([{ name: 'Ada Lovelace', address: email }]);
    expect(caught.mail.subject).toBe('Activate your account');
    expect(link.startsWith(`${hub.url}/activate/`)).toBe(true);
    expect(await statusOf(ask, id)).toBe('INVITED');
    const first = await follow(link);
    expect([first.status, await statusOf(ask, id)]).toEqual([200, 'ACTIVE']);
    expect(first.text).toContain('Your account is active');
    const second = await follow(link);
    expect(second.status).toBe(410);
    expect(second.text).toContain('has been used');
    expect((await follow(link, 'GET')).status).toBe(410);
  });

  test('S26 is not accepted by looking at the link, as mail scanners do', async () => {
    const { id, link } = await invited();
    for (let look = 0; look < 3; look++) {
      const page = await follow(link, 'GET');
      expect(page.status).toBe(200);
      expect(page.text).toContain('<form method="post">');
    }
    await fetch(link, { method: 'HEAD' });
    expect((await fetch(link, { method: 'PUT' })).status).toBe(405);
    expect(await statusOf(ask, id)).toBe('INVITED');
    expect((await follow(link)).status).toBe(200);
  });

  test('S26 leaves user.invited and user.activated in the log, the second by the person', async () => {
    const { id, link } = await invited();
    await follow(link);
    const query =
      'query($id: ID!) { user(id: $id) { history(first: 9) { nodes { name actor changes { key from to } } } } }';
    const { nodes } = (await ask(query, { id })).data.user.history;
    const [byHand, byLink] = ['user.invited', 'user.activated'].map((name) =>
      nodes.find((event: { name: string }) => event.name === name),
    );
    expect(byHand.changes).toEqual([{ key: 'status', from: 'ACTIVE', to: 'INVITED' }]);
    expect(byLink).toMatchObject({ actor: id, changes: [{ key: 'status', from: 'INVITED', to: 'ACTIVE' }] });
  });

  test('S26 can be sent again: the new link works and the old one has ended', async () => {
    const { id, email, link } = await invited();
    await age(id, '2 minutes');
    expect(await sendTo(ask, id, 'resendInvitation')).toEqual({ status: 'INVITED', problems: [] });
    const newer = linkIn(await post.to(email, 2));
    expect(newer).not.toBe(link);
    expect((await follow(link)).status).toBe(410);
    expect(await statusOf(ask, id)).toBe('INVITED');
    expect((await follow(newer)).status).toBe(200);
    expect((await sendTo(ask, id, 'resendInvitation')).problems[0]!.message).toMatch(/is ACTIVE; only who is INVITED/);
  });

  test('S26 is sent again once a minute and five times a day, and the refusal says when', async () => {
    const { id } = await invited();
    for (const command of ['resendInvitation', 'inviteUser']) {
      const { problems } = await sendTo(ask, id, command);
      expect(problems[0]!.message).toMatch(/can be sent another invitation at \d{4}-\d\d-\d\dT[\d:.]+Z, not before/);
    }
    for (let more = 0; more < 4; more++) {
      await age(id, '1 hour');
      expect((await sendTo(ask, id, 'resendInvitation')).problems).toEqual([]);
    }
    await age(id, '1 hour');
    expect((await sendTo(ask, id, 'resendInvitation')).problems).toHaveLength(1);
    await age(id, '20 hours');
    expect((await sendTo(ask, id, 'resendInvitation')).problems).toEqual([]);
  });

  test('S26 is sent once where many ask for it at once', async () => {
    const { id, email } = await invited();
    await age(id, '2 minutes');
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendTo(ask, id, 'resendInvitation')));
    expect(answers.filter(({ problems }) => problems.length === 0)).toHaveLength(1);
    await post.to(email, 2);
    expect((await sql('select id from invitations where user_id = $1', [uuidOf('usr', id)])).length).toBe(2);
  });

  test('S26 needs an address that mail can be sent to, and changes nothing without one', async () => {
    for (const email of [null, 'ada@localhost', 'ada\uff20evil.example@nordwind.example']) {
      const id = await person(ask, null, { email });
      const { problems } = await sendTo(ask, id);
      expect(problems[0]).toMatchObject({ path: ['email'] });
      expect(await statusOf(ask, id)).toBe('ACTIVE');
    }
  });

  test('S26 is for people whom no directory governs, and for those who are invited already', async () => {
    const directory = await hub.newDirectory(tenant.id);
    const response = await fetch(`${directory.scim}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${directory.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: 'linked@nordwind.example',
        externalId: 'linked',
        active: true,
        emails: [{ type: 'work', value: 'linked@nordwind.example', primary: true }],
      }),
    });
    const { id } = (await response.json()) as { id: string };
    expect((await sendTo(ask, id)).problems[0]!.message).toMatch(/directory decides/);
    await sql(`update users set status = 'INVITED', version = version + 1 where id = $1`, [uuidOf('usr', id)]);
    expect(await sendTo(ask, id)).toEqual({ status: 'INVITED', problems: [] });
    expect((await follow(linkIn(await post.to('linked@nordwind.example')))).status).toBe(200);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
  });

  test('S26 who is deleted before they followed it, and restored, is invited anew', async () => {
    const { id, email, link } = await invited();
    await ask('mutation ($id: ID!) { deleteUser(id: $id) { problems { message } } }', { id });
    const { data } = await ask('mutation ($id: ID!) { restoreUser(id: $id) { user { status } } }', { id });
    expect(data.restoreUser.user).toEqual({ status: 'INVITED' });
    expect((await follow(link)).status).toBe(410);
    expect((await follow(linkIn(await post.to(email, 2)))).status).toBe(200);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
  });

  test('S26 needs users:write', async () => {
    const id = await person(ask, newAddress());
    const reader = askAs(hub, await hub.newKey(tenant.id, ['users:read']));
    expect((await sendTo(reader, id)).problems[0]!.message).toMatch(/users:write/);
    expect(await statusOf(ask, id)).toBe('ACTIVE');
  });

  test.each(['de', 'de-CH', 'DE-at'])('S11 a German mail and page greet who prefers %s', async (preferredLanguage) => {
    const { caught, link } = await invited({ preferredLanguage, displayName: 'Jürgen Müller' });
    expect(caught.mail.subject).toBe('Aktivieren Sie Ihr Konto');
    expect(caught.mail.text).toContain('Guten Tag Jürgen Müller,');
    expect(caught.mail.html).toContain('<html lang="de">');
    const page = await follow(link, 'GET', { 'accept-language': 'en' });
    expect(page.text).toContain('<html lang="de">');
    expect((await follow(link)).text).toContain('Ihr Konto ist aktiv');
  });

  test.each(['en-GB', 'fr', 'den', null])('S11 an English mail greets who prefers %s', async (preferredLanguage) => {
    const { caught } = await invited({ preferredLanguage });
    expect(caught.mail.subject).toBe('Activate your account');
  });
});
