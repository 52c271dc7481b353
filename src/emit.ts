import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fieldsDocument } from './fields/fields-document.ts';
import { schemaDocument } from './graphql/schema-document.ts';
import { resourceTypes } from './scim/discovery/resource-types.ts';
import { serviceProviderConfig } from './scim/discovery/service-provider-config.ts';
import { publishedSchemas } from './scim/schema/published.ts';
import { databaseDocument } from './storage/database-document.ts';

/** Writes everything in `schema/` that follows from the code; with `--check` compares instead, and fails when it differs. */
const baseUrl = 'https://hub.example/scim/v2';
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const documents: Record<string, string> = {
  'schema/rollcall.graphql': await schemaDocument(),
  'schema/fields.md': fieldsDocument(),
  'schema/database.sql': await databaseDocument(),
  'schema/scim/schemas.json': json(publishedSchemas(baseUrl)),
  'schema/scim/resource-types.json': json(resourceTypes(baseUrl)),
  'schema/scim/service-provider-config.json': json(serviceProviderConfig(baseUrl)),
};

const isCheck = process.argv.includes('--check');
for (const [file, text] of Object.entries(documents)) {
  if (isCheck) await compare(file, text);
  else await write(file, text);
}

async function compare(file: string, text: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(() => '')) === text) return;
  process.stderr.write(`${file} is not what the code says; run npm run schema and look at the difference.\n`);
  process.exitCode = 1;
}

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
