import { isReference, isWritable, valueFor } from '../attribute-values.ts';
import { type Check, must } from '../check.ts';
import { demand, demandStatus, NotOffered } from '../demand.ts';
import { isUnassigned, objectsOf, type Resource, valueAt } from '../json.ts';
import type { Attribute, Kind } from '../server.ts';
import { bodyWith, demandKept, workshop } from './kept.ts';

/** The sub-attributes of a complex attribute, each by a path of its own (RFC 7644 §3.5.2). */
export function partChecks(kind: Kind, path: string, attribute: Attribute): Check[] {
  if (attribute.type !== 'complex' || isReference(attribute)) return [];
  const parts = attribute.parts.filter((part) => isWritable(part) && part.type !== 'complex');
  if (!attribute.multiValued) return parts.map((part) => singlePart(kind, path, attribute, part));
  const byType = attribute.parts.some(({ name }) => name === 'type');
  return byType ? parts.filter(({ name }) => name !== 'type').map((part) => listPart(kind, path, attribute, part)) : [];
}

function singlePart(kind: Kind, path: string, attribute: Attribute, part: Attribute): Check {
  const at = `${path}.${part.name}`;
  return must('RFC 7644 §3.5.2, §3.10', `${at}: a PATCH by its path changes that part only.`, async (bench) => {
    if (!bench.server.supports('patch')) throw new NotOffered('ServiceProviderConfig: no PATCH');
    const stock = await workshop(bench, kind);
    const whole = valueFor(attribute, 0, stock) as Resource;
    const value = valueFor(part, 1, stock);
    const { path: place } = await stock.make(bodyWith(path, whole));
    const replaced = await bench.patched(place, { op: 'replace', path: at, value });
    demandKept('PATCH replace', replaced, path, attribute, { ...whole, [part.name]: value });
    if (part.required) return;
    const removed = await bench.patched(place, { op: 'remove', path: at });
    demand(removed, isUnassigned(valueAt(removed.body, at)), `after PATCH remove, ${at} to be unassigned`);
    const added = await bench.patched(place, { op: 'add', path: at, value });
    demandKept('PATCH add', added, path, attribute, { ...whole, [part.name]: value });
  });
}

function listPart(kind: Kind, path: string, attribute: Attribute, part: Attribute): Check {
  const title = `${path}[type eq …].${part.name}: a PATCH by its path changes that part of that value only.`;
  return must('RFC 7644 §3.5.2, §3.10', title, async (bench) => {
    if (!bench.server.supports('patch')) throw new NotOffered('ServiceProviderConfig: no PATCH');
    const stock = await workshop(bench, kind);
    const [first, ...others] = objectsOf(valueFor(attribute, 0, stock)) as [Resource, ...Resource[]];
    const value = part.type === 'boolean' ? first[part.name] : valueFor(part, 1, { ...stock });
    const { path: place } = await stock.make(bodyWith(path, [first, ...others]));
    const at = `${path}[type eq "${first.type}"].${part.name}`;
    const changed = [{ ...first, [part.name]: value }, ...others];
    demandKept(
      'PATCH replace',
      await bench.patched(place, { op: 'replace', path: at, value }),
      path,
      attribute,
      changed,
    );
    if (part.required || part.name === 'value') return;
    const removed = demandStatus(await bench.patched(place, { op: 'remove', path: at }), 200);
    const { [part.name]: _gone, ...left } = first;
    demandKept('PATCH remove', removed, path, attribute, [left, ...others]);
  });
}
