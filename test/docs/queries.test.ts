import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, Kind, parse, validate } from 'graphql';
import { expect, test } from 'vitest';

const schema = buildSchema(readFileSync('schema/rollcall.graphql', 'utf8'));
const pages = readdirSync('docs').filter((name) => name.endsWith('.md'));

/** What a page asks: blocks of GraphQL, and whole operations within a line. */
const operationsIn = (text: string): string[] => [
  ...[...text.matchAll(/```graphql\n(.*?)```/gs)].map(([, block]) => block!),
  ...[...text.matchAll(/`((?:mutation )?\{ [^`\n]+\})`/g)].map(([, line]) => line!),
];

/** Each operation by itself: a block may show several. */
const alone = (text: string): DocumentNode[] =>
  parse(text).definitions.map((definition) => ({ kind: Kind.DOCUMENT, definitions: [definition] }));

test.each(pages)('what %s asks in GraphQL can be asked', (page) => {
  for (const document of operationsIn(readFileSync(`docs/${page}`, 'utf8')).flatMap(alone)) {
    expect(validate(schema, document)).toEqual([]);
  }
});
