import fc from 'fast-check';
import { run } from '../../../src/domain/command.ts';
import { createField } from '../../../src/domain/fields/create-field.ts';
import { retireField } from '../../../src/domain/fields/update-field.ts';
import { wireId } from '../../../src/domain/ids.ts';
import { tablesWith } from '../../../src/scim/schema/tenant-tables.ts';
import type { ModelCommand } from '../command.ts';
import { type CustomKey, customKeys, type Model, type ModelLink } from '../model.ts';
import type { World } from '../world.ts';

const key = fc.constantFrom(...customKeys);

/** A field of the tenant's own, which takes what directories have sent at its path before. */
const create: ModelCommand<{ key: CustomKey }> = {
  name: 'createField',
  weight: 2,
  args: fc.record({ key }),
  async run(world, { key }) {
    const { hub, admin, model } = world;
    if (model.fields[key] !== 'NONE') return;
    const scimPath = key === 'badge' ? 'badge' : null;
    world.fieldIds[key] = (await createField(hub, admin, { key, label: key, type: 'STRING', scimPath })).id;
    await readTables(world);
    model.fields[key] = 'IN_USE';
    if (key === 'badge') fill(model);
  },
};

/** Each person has one version more whom a directory had said something of it. */
function fill(model: Model): void {
  for (const person of model.people) {
    if (person.status === 'DELETED') continue;
    const links = [...person.links.values()].filter(({ record }) => record.badge !== undefined);
    for (const link of links) refill(link);
    if (links.length > 0) person.version++;
  }
}

/** What the record says, as old as the newest word of that directory. */
export function refill({ record, words }: ModelLink): void {
  const word = words.badge;
  const at = word?.at ?? Math.max(0, ...Object.values(words).map(({ at }) => at));
  if (record.badge !== undefined) words.badge = { value: record.badge, at };
  else if (word && word.value !== null) delete words.badge;
}

const retire: ModelCommand<{ key: CustomKey }> = {
  name: 'retireField',
  weight: 1,
  args: fc.record({ key }),
  async run(world, { key }) {
    const { hub, admin, model } = world;
    if (model.fields[key] !== 'IN_USE') return;
    await run(hub, admin, retireField, { id: wireId('fld', world.fieldIds[key]!) });
    await readTables(world);
    model.fields[key] = 'RETIRED';
  },
};

/** What directories may send as an attribute follows from the fields. */
async function readTables({ hub, tenantId, directories }: World): Promise<void> {
  const { fields } = await hub.storage.policy(tenantId, true);
  for (const directory of directories) directory.tables = tablesWith(fields);
}

/** What becomes of the tenant's own fields. */
export const fieldCommands = [create, retire];
