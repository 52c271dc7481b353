import { afterAll, describe, expect, test } from 'vitest';
import { uuidOf } from '../../src/domain/ids.ts';
import { knock } from '../attacks/support/knock.ts';
import { follow, linkIn, openStage, person, sendTo } from '../pages/support.ts';

const { hub, post, tenant, ask, invited, age, sql, close } = await openStage();
afterAll(close);

describe('a mail', () => {
  test.each(["o'neil+x@nordwind.example", 'Grace.Hopper@Müller.example', 'a&b@nordwind.example'])(
    'A35 to %s goes to the one address that is stored with its link',
    async (email) => {
      const id = await person(ask, email);
      await sendTo(ask, id);
      const [stored] = await sql('select email from invitations where user_id = $1', [uuidOf('usr', id)]);
      const { to } = await post.to(String(stored!.email));
      expect(to).toEqual([stored!.email]);
    },
  );

  test.each([
    'Eve <eve@evil.example>',
    'eve@evil.example, "Ada"',
    '"Eve" <eve@evil.example>,',
    'Ada\r\nBcc: eve@evil.example',
    'Ada\u2028Bcc: eve@evil.example',
    '=?utf-8?Q?Eve_=3Ceve=40evil.example=3E?=',
    'group: eve@evil.example;',
  ])('A35 to a person named %j goes to their address alone', async (displayName) => {
    const { caught, email } = await invited({ displayName });
    expect(caught.to).toEqual([email]);
    expect(caught.mail.to?.map(({ address }) => address)).toEqual([email]);
    expect([caught.mail.cc, caught.mail.bcc]).toEqual([undefined, undefined]);
    expect(caught.mail.headers.map(({ key }) => key)).not.toContain('bcc');
  });

  test('A31 is the same byte for byte, whatever host the request that caused it claims', async () => {
    const evil = 'evil.example';
    const email = 'host@nordwind.example';
    const id = await person(ask, email);
    const disguise = { host: evil, 'x-forwarded-host': evil, 'x-forwarded-proto': 'https', forwarded: `host=${evil}` };
    const mutation = JSON.stringify({ query: `mutation { inviteUser(user: "${id}") { problems { message } } }` });
    const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...disguise };
    const answered = await knock(hub.url, { method: 'POST', path: '/graphql', headers, body: mutation });
    expect(answered.json.data.inviteUser.problems).toEqual([]);
    const caught = await post.to(email);
    const link = linkIn(caught);
    expect(caught.raw).not.toContain(evil);
    await age(id, '2 minutes');
    await sendTo(ask, id, 'resendInvitation');
    const plain = await post.to(email, 2);
    const bare = ({ raw }: typeof caught, own: string) =>
      quotedPrintable(raw)
        .replaceAll(own, 'LINK')
        .replace(/^(Date|Message-ID): .*$/gim, '')
        .replace(/--_NmP-[\w-]+|boundary="[^"]+"/g, '');
    expect(bare(caught, link)).toBe(bare(plain, linkIn(plain)));
    const page = await knock(hub.url, { path: new URL(linkIn(plain)).pathname, headers: disguise });
    expect(page.text + JSON.stringify(page.headers)).not.toContain(evil);
  });
});

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "'><script>alert(1)</script>",
  '</title><script>alert(1)</script>',
  '</p></div><iframe src=javascript:alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)',
  '<style>*{display:none}</style>',
  '<!--<script>alert(1)//-->',
  '<![CDATA[<script>alert(1)</script>]]>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '" onmouseover="alert(1)',
  "' autofocus onfocus='alert(1)",
  '<math><mi xlink:href="data:x,<script>alert(1)</script>">',
  '$\u007balert(1)} {{constructor.constructor("alert(1)")()}} <%= 7*7 %>',
  '<base href="//evil.example/">',
  '<form action="//evil.example"><input name=x>',
];
test.each(attacks)('A58 shows %j as text, in both its parts and on the page', async (displayName) => {
  const { caught, link } = await invited({ displayName, userName: displayName });
  expect(caught.mail.text).toContain(displayName);
  const page = (await follow(link, 'GET')).text;
  const tags = (text: string) => text.match(/<[a-z!/][^\s>]*/gi);
  const plain = await invited({
    displayName: 'Ada',
    userName: `plain ${displayName.length}-${attacks.indexOf(displayName)}`,
  });
  expect(tags(caught.mail.html!)).toEqual(tags(plain.caught.mail.html!));
  expect(tags(page)).toEqual(tags((await follow(plain.link, 'GET')).text));
  for (const shown of [caught.mail.html!, page]) expect(unescaped(shown)).toContain(displayName);
});

const quotedPrintable = (raw: string): string =>
  raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
