import { describe, expect, test } from 'vitest';
import { mailAddress } from '../../src/domain/mail/mail-address.ts';

describe('an address that mail is sent to', () => {
  test.each([
    ['ada@nordwind.example', 'ada@nordwind.example'],
    ['Ada.Lovelace+x@Nordwind.Example', 'Ada.Lovelace+x@nordwind.example'],
    ["o'neil_#1@sub.nordwind.example", "o'neil_#1@sub.nordwind.example"],
    ['ada@xn--mller-kva.example', 'ada@xn--mller-kva.example'],
    ['ada@müller.example', 'ada@xn--mller-kva.example'],
    ['ada@mu\u0308ller.example', 'ada@xn--mller-kva.example'],
    ['ada@MÜLLER.example', 'ada@xn--mller-kva.example'],
  ])('A36 is written as it is mailed, however it was spelled: %s', (given, mailed) => {
    expect(mailAddress(given)).toBe(mailed);
    expect(mailAddress(mailed)).toBe(mailed);
  });

  test.each([
    'ada\uff20nordwind.example',
    'ada@nordwind.example\uff20evil.example',
    'ada@evil.example\uff0cnordwind.example',
    'ada\u200b@nordwind.example',
    'ada@nord\u200bwind.example',
    'ada@nord\u00adwind.example',
    'ada@nord\u034fwind.example',
    'ada@nord\ufe0fwind.example',
    'ada@nord\u2060wind.example',
    '\u202eada@nordwind.example',
    'ada@\u2066nordwind\u2069.example',
    'ada@ｎordwind.example',
    'ada@nordwind。example',
    'ada@nordwind．example',
    'ａda@nordwind.example',
    'ada\ufeff@nordwind.example',
    'äda@nordwind.example',
    'a\u0308da@nordwind.example',
    'аda@nordwind.example',
    'ſda@nordwind.example',
    'ada@nordwind.example\u0000',
    'ada@nord\u0007wind.example',
  ])('A36 holds nothing that hides, turns or becomes another character: %j', (given) => {
    expect(mailAddress(given)).toBeNull();
  });

  test.each([
    '"ada@evil.example x"@nordwind.example',
    '"ada"@nordwind.example',
    'ada@evil.example, ada@nordwind.example',
    'ada@evil.example;ada@nordwind.example',
    'Ada <ada@evil.example>',
    'ada@evil.example>, <ada@nordwind.example',
    'group:ada@evil.example;@nordwind.example',
    'ada(ada@evil.example)@nordwind.example',
    'ada@nordwind.example (evil)',
    'ada@[127.0.0.1]',
    'ada@127.0.0.1',
    'ada@localhost',
    'ada@nordwind.example\r\nBcc: eve@evil.example',
    'ada@nordwind.example\nRCPT TO:<eve@evil.example>',
    'ada @nordwind.example',
    ' ada@nordwind.example',
    'ada@nordwind.example ',
    'ada@@nordwind.example',
    'ada@evil.example@nordwind.example',
    '@nordwind.example',
    'ada@',
    'ada',
    '',
    '.ada@nordwind.example',
    'ada.@nordwind.example',
    'ad..a@nordwind.example',
    'ada@-nordwind.example',
    'ada@nordwind-.example',
    'ada@nordwind..example',
    'ada@nordwind.example.',
    'ada@nord_wind.example',
    'ada@nord%77ind.example',
    'ada@xn--.example',
    `${'a'.repeat(65)}@nordwind.example`,
    `ada@${'a'.repeat(64)}.example`,
    `ada@${'a.'.repeat(130)}example`,
    null,
    undefined,
    12,
    { address: 'ada@nordwind.example' },
    ['ada@nordwind.example'],
  ])('A35 is one mailbox and nothing that a mail program could read as another: %j', (given) => {
    expect(mailAddress(given)).toBeNull();
  });
});
