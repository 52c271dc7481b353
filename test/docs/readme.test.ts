import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../support/hub.ts';

const readme = readFileSync('README.md', 'utf8');
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;
const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, text]) => text!);

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

describe('the README', () => {
  test('its first steps run as they are written, and each says what it should', async () => {
    const steps = blocks
      .find((block) => block.includes('KEY='))!
      .replace(/^HUB=.*$/m, `HUB=${hub.url}`)
      .replace(/^KEY=.*$/m, `KEY='${hub.adminKey}'`);
    const { stdout } = await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', steps]);
    const lines = stdout.split('\n').filter((line) => line !== '');
    const [created, asked, ruled] = lines.map((line) => JSON.parse(line));
    expect(created).toMatchObject({ userName: 'ada@contoso.com', active: true });
    const source = { kind: 'DIRECTORY', directory: { name: 'Contoso' } };
    expect(asked.data.users.nodes).toMatchObject([
      { displayName: 'Ada Lovelace', fields: [{ value: 'Countess', viewerCanEdit: false, winner: { source } }] },
    ]);
    expect(ruled.data.setFieldRules).toEqual({ usersChanged: 0, problems: [] });
  });

  test('names only commands that there are', () => {
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !scripts[name])).toEqual([]);
  });

  test('names every variable that the configuration reads, and no other', () => {
    const source = readFileSync('src/config.ts', 'utf8');
    const read = [...source.matchAll(/(?:given\('|env\.)([A-Z_]+)/g)].map(([, name]) => name!);
    const [, settings] = readme.split('\n## Settings\n');
    const rows = settings!
      .split('\n## ')[0]!
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) => row.split('|')[1]!.match(/[A-Z_]+/g)!);
    expect(named.sort()).toEqual([...new Set(read)].sort());
  });
});
