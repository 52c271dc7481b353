import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

const FILE = 'schema/rollcall.graphql';

const text = `${printSchema(lexicographicSortSchema(await createSchema()))}\n`;
if (process.argv.includes('--check')) {
  const kept = await readFile(FILE, 'utf8').catch(() => '');
  if (kept !== text) {
    process.stderr.write(`${FILE} is stale: run "npm run build && node dist/graphql/emit.js" and review the diff.\n`);
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(FILE), { recursive: true });
  await writeFile(FILE, text);
}
