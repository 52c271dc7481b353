import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config.ts';

type Service = {
  image?: string;
  build?: string;
  environment: Record<string, string>;
  depends_on?: object;
  volumes?: string[];
};
const compose = parse(readFileSync('docker-compose.yml', 'utf8')) as {
  services: Record<'hub' | 'database', Service>;
  volumes: Record<string, null>;
};
const { hub, database } = compose.services;

/** What compose makes of the file with these variables set, as far as the file uses its syntax. */
const resolved = (given: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(hub.environment).map(([name, text]) => [
      name,
      text.replaceAll(/\$\{(\w+)(?:[:?-][^}]*)?\}/g, (_, variable: string) => given[variable] ?? ''),
    ]),
  );

describe('docker-compose.yml', () => {
  test('runs the hub with PostgreSQL 18 and waits for it', () => {
    expect(hub.build).toBe('.');
    expect(database.image).toBe('postgres:18');
    expect(hub.depends_on).toEqual({ database: { condition: 'service_healthy' } });
  });

  test('gives the hub an environment that it accepts', () => {
    const config = readConfig(
      resolved({ PUBLIC_URL: 'https://id.example', POSTGRES_PASSWORD: 'pw', ROLLCALL_SECRET: 's'.repeat(32) }),
    );
    expect(config).toMatchObject({
      databaseUrl: 'postgres://rollcall:pw@database/rollcall',
      publicUrl: 'https://id.example',
    });
  });

  test('asks for every secret instead of having one', () => {
    const secrets = [
      hub.environment.ROLLCALL_SECRET,
      hub.environment.PUBLIC_URL,
      database.environment.POSTGRES_PASSWORD,
    ];
    for (const secret of secrets) expect(secret).toMatch(/^\$\{\w+:\?/);
  });

  test('keeps the data in a volume of its own', () => {
    expect(compose.volumes).toHaveProperty(database.volumes![0]!.split(':')[0]!);
  });
});
