import { readFile } from 'node:fs/promises';
import {
  buildSchema,
  findBreakingChanges,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { expect, test } from 'vitest';
import { createSchema } from '../../src/graphql/schema.ts';

const schema = await createSchema();
const read = (name: string) => readFile(new URL(name, import.meta.url), 'utf8');

test('the schema keeps everything that the contract promises', async () => {
  const contract = buildSchema(await read('contract.graphql'));
  expect(findBreakingChanges(contract, schema).map((change) => change.description)).toEqual([]);
});

test('the committed schema is the one that the code makes', async () => {
  const committed = await read('../../schema/rollcall.graphql');
  expect(committed).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
});

test('every type, field, argument and enum value says what it is', () => {
  const silent: string[] = [];
  const check = (name: string, described: { description?: string | null }) => {
    if (!described.description?.trim()) silent.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
    }
  }
  expect(silent).toEqual([]);
});

test('no field keeps a resolver that only reads a property', () => {
  const user = schema.getType('User');
  const fields = isObjectType(user) ? user.getFields() : {};
  expect(fields.displayName!.resolve).toBeUndefined();
  expect(fields.teams!.resolve).toBeDefined();
});
