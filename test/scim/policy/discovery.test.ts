import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Preset, presets } from '../../../src/domain/presets/presets.ts';
import { type Hub, startHub } from '../../support/hub.ts';
import { scimClient } from '../../support/scim-client.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

type Attribute = {
  name: string;
  type: string;
  required: boolean;
  mutability: string;
  returned: string;
  subAttributes?: Attribute[];
};
type Schema = { id: string; attributes: Attribute[] };

/** One line for each attribute: what a client learns of it. */
const lines = (attributes: Attribute[], before = ''): string[] =>
  attributes.flatMap(({ name, type, required, mutability, returned, subAttributes = [] }) => [
    [before + name, type, mutability, returned, ...(required ? ['required'] : [])].join(' '),
    ...lines(subAttributes, `${before}${name}.`),
  ]);

const discovered = async (preset: Preset) => {
  const client = scimClient(await hub.newDirectory(undefined, preset));
  const schemas = (await client.get('/Schemas')).body.Resources as unknown as Schema[];
  const types = (await client.get('/ResourceTypes')).body.Resources as unknown as { id: string }[];
  return {
    types: types.map(({ id }) => id),
    schemas: Object.fromEntries(schemas.map(({ id, attributes }) => [id, lines(attributes)])),
  };
};

test.each(Object.keys(presets) as Preset[])('C12 %s is shown exactly what is mapped for it', async (preset) => {
  expect(await discovered(preset)).toMatchSnapshot();
});

test('C12 what is required of the directory is what its schemas say, as soon as it is decided', async () => {
  const { id: tenantId } = await hub.newTenant();
  const directory = await hub.newDirectory(tenantId);
  const client = scimClient(directory);
  const required = async () => {
    const schemas = (await client.get('/Schemas')).body.Resources as unknown as Schema[];
    return schemas.flatMap(({ attributes }) => lines(attributes).filter((line) => line.endsWith(' required')));
  };
  const group = 'displayName string readWrite default required';
  expect(await required()).toEqual(['userName string readWrite default required', group]);
  await hub.decide(tenantId, directory, { requiredFields: ['givenName', 'email', 'department'] });
  expect((await required()).map((line) => line.split(' ', 1)[0])).toEqual([
    'name',
    'name.givenName',
    'emails',
    'displayName',
    'department',
  ]);
});
