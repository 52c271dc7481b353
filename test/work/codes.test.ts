import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { codesToFile } from '../../src/work/codes/codes-to-file.ts';
import { codesToWebhook } from '../../src/work/codes/codes-to-webhook.ts';
import { startSmsGateway } from '../support/sms-gateway.ts';

const message = { to: '+4915123456789', code: '123456', text: '123456 is your code.' };

test('without a webhook a developer finds the code in a file that is theirs alone, and the log does not show it', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'rollcall-codes-'));
  try {
    const lines: string[] = [];
    const folder = join(parent, 'codes');
    await codesToFile(folder, (line) => lines.push(line))(message);
    expect(await readdir(folder)).toEqual(['+4915123456789.txt']);
    expect(await readFile(join(folder, '+4915123456789.txt'), 'utf8')).toBe('123456 is your code.\n');
    expect((await stat(join(folder, '+4915123456789.txt'))).mode & 0o077).toBe(0);
    expect(lines).toEqual([`phones a code for +49…89 is in ${folder}`]);
  } finally {
    await rm(parent, { recursive: true });
  }
});

test('in production without a webhook the code is nowhere', async () => {
  const lines: string[] = [];
  await codesToFile(null, (line) => lines.push(line))(message);
  expect(lines).toEqual(['phones a code for +49…89 was not sent: SMS_WEBHOOK_URL is not set']);
});

test('a webhook that does not take the code is a failure that names neither the code nor the number', async () => {
  const gateway = await startSmsGateway();
  try {
    const send = codesToWebhook(gateway.url);
    gateway.refuse(1);
    await expect(send(message)).rejects.toThrow('The SMS webhook answered 503.');
    await send(message);
    expect(gateway.taken).toEqual([message]);
  } finally {
    await gateway.stop();
  }
});
