import { must, type Section, section } from '../check.ts';
import { demand, listed } from '../demand.ts';
import { objectsOf, type Resource } from '../json.ts';
import { GROUP, USER } from '../urns.ts';

/** The gallery reads /Schemas and flattens it into the names of its mapping page (entra.md F1, F4). */
export function galleryDiscovery(): Section {
  const discoverability = must('entra.md H8, F1, F4', 'Schema_Discoverability', async (bench) => {
    const reply = await bench.get('/Schemas');
    const schemas = listed(reply);
    for (const urn of [USER, GROUP]) {
      demand(
        reply,
        schemas.some(({ id }) => id === urn),
        `the schema ${urn}`,
      );
    }
    demand(reply, !/:\s*null\b/.test(reply.text), 'no null in /Schemas');
    const flat = schemas.flatMap(flatten);
    demand(reply, flat.includes('userName'), 'userName among the attributes');
    demand(reply, new Set(flat).size === flat.length, 'every attribute once');
  });
  return section({ title: 'Discovery', checks: () => [discoverability] });
}

/** The paths of a schema's attributes as Entra names them, such as `emails[type eq "work"].value`. */
function flatten({ id, attributes }: Resource): string[] {
  const isCore = id === USER;
  return objectsOf(attributes).flatMap((attribute) => {
    const name = isCore ? String(attribute.name) : `${id}:${attribute.name}`;
    const parts = objectsOf(attribute.subAttributes);
    if (parts.length === 0) return [name];
    const kinds = parts.find((part) => part.name === 'type')?.canonicalValues;
    const within = parts.map((part) => String(part.name));
    if (attribute.multiValued !== true) return within.map((part) => `${name}.${part}`);
    const heads = Array.isArray(kinds)
      ? kinds.map((kind) => `${name}[type eq "${kind}"]`)
      : [`${name}[primary eq "True"]`];
    return heads.flatMap((head) => within.map((part) => `${head}.${part}`));
  });
}
