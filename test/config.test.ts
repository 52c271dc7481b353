import { expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';

test('assertions come from Entra’s own authority unless another one is named', () => {
  expect(readConfig({}).entraAuthority).toBe('https://login.microsoftonline.com');
});

test.each([
  ['https://login.microsoftonline.us', 'https://login.microsoftonline.us'],
  ['https://login.partner.microsoftonline.cn/', 'https://login.partner.microsoftonline.cn'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('%s is an authority', (given, read) => {
  expect(readConfig({ ENTRA_AUTHORITY: given }).entraAuthority).toBe(read);
});

test.each([
  'http://login.microsoftonline.com',
  'http://127.0.0.1.example',
  'http://localhost.example',
  'https://login.microsoftonline.com/common',
  'https://login.microsoftonline.com?x',
  'https://user:password@login.microsoftonline.com',
  'ftp://127.0.0.1',
  'login.microsoftonline.com',
])('%s is no authority, and the variable is named', (given) => {
  expect(() => readConfig({ ENTRA_AUTHORITY: given })).toThrow(/^ENTRA_AUTHORITY must be/);
});

test('mails are files, from an address that no mail comes from, unless a mail server is named', () => {
  expect(readConfig({})).toMatchObject({
    smtpUrl: null,
    mailFrom: { name: 'Rollcall', address: 'rollcall@rollcall.invalid' },
  });
});

test.each([
  ['hub@nordwind.example', 'Rollcall', 'hub@nordwind.example'],
  ['Nordwind IT <hub@nordwind.example>', 'Nordwind IT', 'hub@nordwind.example'],
  ['<hub@Nordwind.example>', 'Rollcall', 'hub@nordwind.example'],
])('mails are from %s', (given, name, address) => {
  const config = readConfig({ SMTP_URL: 'smtps://user:p%40ss@mail.nordwind.example', MAIL_FROM: given });
  expect(config.smtpUrl).toBe('smtps://user:p%40ss@mail.nordwind.example');
  expect(config.mailFrom).toEqual({ name, address });
});

test.each([
  [{ MAIL_FROM: 'hub' }, /^MAIL_FROM must be/],
  [{ MAIL_FROM: 'a@nordwind.example, b@nordwind.example' }, /^MAIL_FROM must be/],
  [{ MAIL_FROM: 'Hub <hub@nordwind.example' }, /^MAIL_FROM must be/],
  [{ SMTP_URL: 'smtp://mail.nordwind.example' }, /^MAIL_FROM is required/],
  [
    { SMTP_URL: 'https://secret@mail', MAIL_FROM: 'hub@nordwind.example' },
    /^SMTP_URL must be a URL that begins with smtp:/,
  ],
])('%j is refused, and the variable is named', (env, message) => {
  expect(() => readConfig(env)).toThrow(message);
});

test('codes for phones go to the webhook that is named, and to none otherwise', () => {
  expect(readConfig({}).smsWebhookUrl).toBeNull();
  expect(readConfig({ SMS_WEBHOOK_URL: 'https://sms.example/send?x=1/' }).smsWebhookUrl).toBe(
    'https://sms.example/send?x=1/',
  );
  expect(() => readConfig({ SMS_WEBHOOK_URL: 'sms.example' })).toThrow(/^SMS_WEBHOOK_URL must be/);
});

test('only where NODE_ENV says production is nothing put aside for a developer', () => {
  expect([{}, { NODE_ENV: 'production' }].map((env) => readConfig(env).development)).toEqual([true, false]);
});
