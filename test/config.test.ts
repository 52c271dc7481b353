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
