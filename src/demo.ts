import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { sampleCompany } from './entra/company.ts';
import { progressBar } from './entra/progress-bar.ts';
import { provision } from './entra/provision.ts';
import { summary } from './entra/summary.ts';
import { startHub } from './start-hub.ts';

/**
 * A hub on a folder that is thrown away, with a sample company provisioned into it as Entra would; left open until
 * Ctrl-C. Exits with 1 when Entra would count a refusal. `--exit` ends after the first cycle.
 */
const say = (text: string) => process.stdout.write(`${text}\n`);
const folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'));
const key = randomBytes(24).toString('base64url');
const config = { ...readConfig(process.env), databaseUrl: null, secret: null, dataDir: folder, adminKey: key };
const hub = await startHub(config, () => {});
const graphql = `${config.publicUrl}/graphql`;
const scim = `${config.publicUrl}/scim/v2`;

async function ask<T>(query: string): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(graphql, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data, errors } = (await response.json()) as { data?: T; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `GraphQL answered ${response.status}.`);
  return data;
}

async function connect(): Promise<string> {
  const made = await ask<{ createDirectory: { directory: { id: string } } }>(
    'mutation { createDirectory(input: { name: "Contoso", preset: ENTRA_STANDARD }) { directory { id } } }',
  );
  const { id } = made.createDirectory.directory;
  const issued = await ask<{ createDirectoryToken: { secret: string } }>(
    `mutation { createDirectoryToken(directory: "${id}") { secret } }`,
  );
  return issued.createDirectoryToken.secret;
}

async function leave(code: number): Promise<never> {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(code);
}

const token = await connect();
say('Entra provisions a company of 1,000 people and 60 groups …\n');
const bar = progressBar(process.stderr);
const report = await provision({
  url: scim,
  token,
  directory: sampleCompany(),
  dialect: 'mixed',
  onProgress: bar.show,
});
bar.end();
say(summary(report));
const { users, teams } = await ask<Record<'users' | 'teams', { totalCount: number }>>(
  '{ users(first: 1) { totalCount } teams(first: 1) { totalCount } }',
);
say(`
The hub holds ${users.totalCount} people and ${teams.totalCount} teams. It stays open until Ctrl-C; then all of it is thrown away.

Ask for people with their teams:
  curl -s ${graphql} -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
    -d '{"query":"{ users(first: 3) { nodes { displayName department teams { nodes { name } } } } }"}'

Look up one as Entra does:
  curl -s '${scim}/Users?count=1' -H 'Authorization: Bearer ${token}'

Let more happen in the company: joiners, movers and leavers, over two further cycles
  npm run entra -- --url ${scim} --token ${token} --cycles 3 --scenario joiners-movers-leavers
`);
if (process.argv.includes('--exit')) await leave(report.ok ? 0 : 1);
process.once('SIGINT', () => void leave(report.ok ? 0 : 1));
process.once('SIGTERM', () => void leave(report.ok ? 0 : 1));
