import { isWritable, valueFor } from '../attribute-values.ts';
import type { Bench } from '../bench.ts';
import { type Check, must, type Section, section } from '../check.ts';
import { Broken, demand, demandStatus, NotOffered } from '../demand.ts';
import { holds, isUnassigned, valueAt, withValue } from '../json.ts';
import type { Attribute, Kind, Schema } from '../server.ts';
import { GROUP, USER } from '../urns.ts';
import { partChecks } from './attribute-parts.ts';
import { bodyWith, demandKept, workshop } from './kept.ts';

/**
 * Every attribute that the server's own schemas publish, each by its path: a value is made from the definition, sent by
 * POST, PATCH and PUT, and must be read back (RFC 7643 §2, §7).
 */
export function attributesOf(kind: Kind): Section {
  return section({
    title: `Every published attribute of ${kind}`,
    checks: (server) =>
      server.schemasOf(kind).flatMap((schema) =>
        schema.attributes.flatMap((attribute) => {
          const path = pathOf(schema, attribute);
          if (!isWritable(attribute)) return closedCheck(kind, path, attribute);
          return [wholeCheck(kind, path, attribute), ...partChecks(kind, path, attribute)];
        }),
      ),
  });
}

const pathOf = ({ urn }: Schema, { name }: Attribute) => (urn === USER || urn === GROUP ? name : `${urn}:${name}`);

function wholeCheck(kind: Kind, path: string, attribute: Attribute): Check {
  const { required, multiValued } = attribute;
  return must('RFC 7643 §2, §7', `${path}: what POST, PATCH and PUT write is read back.`, async (bench) => {
    const stock = await workshop(bench, kind);
    const [first, second] = [valueFor(attribute, 0, stock), valueFor(attribute, 1, stock)];
    if (isUnassigned(first)) throw new NotOffered('no value can be made from its definition');
    const made = await stock.make(bodyWith(path, first));
    demandKept('POST', made.reply, path, attribute, first);
    const read = async () => demandStatus(await bench.get(made.path), 200);
    demandKept('POST and GET', await read(), path, attribute, first);
    if (bench.server.supports('patch')) {
      demandKept(
        'PATCH replace',
        await bench.patched(made.path, { op: 'replace', path, value: second }),
        path,
        attribute,
        second,
      );
      if (!required) {
        const removed = await bench.patched(made.path, { op: 'remove', path });
        demand(removed, isGone(valueAt(removed.body, path), attribute), `after PATCH remove, ${path} to be unassigned`);
        demandKept(
          'PATCH add',
          await bench.patched(made.path, { op: 'add', path, value: first }),
          path,
          attribute,
          first,
        );
      }
    }
    const last = required && !multiValued ? valueFor(attribute, 0, stock) : second;
    const { meta: _meta, ...body } = (await read()).body;
    const put = demandStatus(await bench.put(made.path, { ...withValue(body, path, last) }), 200);
    demandKept('PUT', put, path, attribute, last);
    demandKept('PUT and GET', await read(), path, attribute, last);
  });
}

/** A boolean that was removed may fall back to the server's default. */
const isGone = (value: unknown, { type }: Attribute) => isUnassigned(value) || type === 'boolean';

function closedCheck(kind: Kind, path: string, attribute: Attribute): Check[] {
  const { mutability, returned } = attribute;
  const make = async (bench: Bench, value: unknown) => (await workshop(bench, kind)).make(bodyWith(path, value));
  const value = async (bench: Bench) => valueFor(attribute, 0, await workshop(bench, kind));
  if (mutability === 'readOnly') {
    return [
      must('RFC 7643 §2.2', `${path}, which is readOnly, is not the client's to write.`, async (bench) => {
        const sent = await value(bench);
        if (isUnassigned(sent)) throw new NotOffered('no value can be made from its definition');
        const { reply, path: place } = await make(bench, sent);
        demand(reply, !holds(valueAt(reply.body, path), sent), `${path} as the server has it`);
        const refused = await bench.patch(place, { op: 'replace', path, value: sent });
        demandStatus(refused, 400);
        demand(refused, refused.body.scimType === 'mutability', 'scimType mutability');
      }),
    ];
  }
  if (mutability !== 'writeOnly' && returned !== 'never') return [];
  return [
    must('RFC 7643 §2.2', `${path}, which is never returned, is taken and never shown.`, async (bench) => {
      const { reply, path: place } = await make(bench, await value(bench));
      for (const one of [reply, await bench.get(place), await bench.get(`${place}?attributes=${path}`)]) {
        if (!isUnassigned(valueAt(one.body, path))) throw new Broken(`no ${path}`, one.exchange);
      }
    }),
  ];
}
