import { offeredOnly } from '../bodies.ts';
import { must, section } from '../check.ts';
import { demand, demandStatus, demandValue, listed, NotOffered } from '../demand.ts';
import { objectOf, objectsOf, type Resource } from '../json.ts';
import type { Kind, Schema, Server } from '../server.ts';
import { ENTERPRISE } from '../urns.ts';
import { adaFor } from './patch-case.ts';

const COMMON = ['id', 'externalid', 'meta', 'schemas'];
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Paths in a resource that no published schema declares. */
function undeclared(server: Server, kind: Kind, resource: Resource): string[] {
  const [core, ...extensions] = server.schemasOf(kind);
  if (!core) throw new NotOffered('the server publishes no schemas');
  return Object.entries(resource).flatMap(([name, value]) => {
    if (COMMON.includes(name.toLowerCase())) return [];
    const extension = extensions.find(({ urn }) => urn === name);
    return extension ? unknownIn(extension, objectOf(value), `${name}:`) : unknownIn(core, { [name]: value }, '');
  });
}

function unknownIn({ attributes }: Schema, held: Resource, prefix: string): string[] {
  return Object.entries(held).flatMap(([name, value]) => {
    const attribute = attributes.find((one) => one.name === name);
    if (!attribute) return [`${prefix}${name}`];
    const values = attribute.multiValued ? objectsOf(value) : [objectOf(value)];
    // Every multi-valued attribute may have the default sub-attributes (RFC 7643 §2.4).
    const defaults = attribute.multiValued ? ['type', 'primary', 'display', 'value', '$ref'] : [];
    const known = [...attribute.parts.map((part) => part.name), ...defaults];
    if (attribute.type !== 'complex') return [];
    const unknown = values.flatMap((one) => Object.keys(one).filter((part) => !known.includes(part)));
    return unknown.map((part) => `${prefix}${name}.${part}`);
  });
}

/** What every resource must be like, whatever is in it (RFC 7643 §2, §3). */
export const resources = section({
  title: 'Resources',
  given: async (bench) => {
    const boss = await bench.user();
    const manager = offeredOnly(bench.server, 'User', { [ENTERPRISE]: { manager: { value: boss.id } } });
    const ada = adaFor(bench.server);
    const extension = { ...objectOf(ada[ENTERPRISE]), ...objectOf(manager[ENTERPRISE]) };
    const user = await bench.user(ENTERPRISE in ada ? { ...ada, [ENTERPRISE]: extension } : ada);
    return { boss, user, group: await bench.group([user]) };
  },
  checks: () => [
    must(
      'RFC 7643 §3.1',
      'meta has resourceType, created, lastModified and location.',
      async (bench, { user, group }) => {
        for (const [{ path }, kind] of [
          [user, 'User'],
          [group, 'Group'],
        ] as const) {
          const reply = demandStatus(await bench.get(path), 200);
          const { created, lastModified, location } = objectOf(reply.body.meta);
          demandValue(reply, 'meta.resourceType', kind);
          for (const one of [created, lastModified, location]) demand(reply, typeof one === 'string', 'a whole meta');
        }
      },
    ),
    must(
      'RFC 7643 §2.3.5',
      'meta.created and meta.lastModified are date-times with a zone.',
      async (bench, { user }) => {
        const reply = await bench.get(user.path);
        const { created, lastModified } = objectOf(reply.body.meta);
        demand(
          reply,
          [created, lastModified].every((one) => DATE_TIME.test(String(one))),
          'xsd:dateTime',
        );
      },
    ),
    must('RFC 7643 §3.1', 'meta.location can be read and gives the same resource.', async (bench, { user, group }) => {
      for (const { path, id } of [user, group]) {
        const location = String(objectOf((await bench.get(path)).body.meta).location);
        demandValue(demandStatus(await bench.follow(location), 200), 'id', id);
      }
    }),
    must('RFC 7643 §3', 'schemas lists the core schema and every extension that is there.', async (bench, { user }) => {
      const reply = await bench.get(user.path);
      const urns = Object.keys(reply.body).filter((name) => name.startsWith('urn:'));
      const { schemas } = reply.body;
      const list = Array.isArray(schemas) ? schemas : [];
      demand(
        reply,
        urns.every((urn) => list.includes(urn)),
        'the URN of every extension among schemas',
      );
      demand(reply, new Set(list).size === list.length && list.length > urns.length, 'each schema once');
    }),
    must(
      'RFC 7643 §3, §7',
      'A user has no attribute that the published schemas do not declare.',
      async (bench, { user }) => {
        const reply = await bench.get(user.path);
        const extra = undeclared(bench.server, 'User', reply.body);
        demand(reply, extra.length === 0, `no undeclared attribute (${extra.join(', ')})`);
      },
    ),
    must(
      'RFC 7643 §3, §7',
      'A group has no attribute that the published schemas do not declare.',
      async (bench, { group }) => {
        const reply = await bench.get(group.path);
        const extra = undeclared(bench.server, 'Group', reply.body);
        demand(reply, extra.length === 0, `no undeclared attribute (${extra.join(', ')})`);
      },
    ),
    must(
      'RFC 7643 §2.1',
      'Attributes are answered by the names their schema has, in that case.',
      async (bench, { user }) => {
        const reply = await bench.get(user.path);
        const names = Object.keys(reply.body).filter((name) => !name.startsWith('urn:'));
        const published = [...(bench.server.schemasOf('User')[0]?.attributes ?? []).map(({ name }) => name)];
        const wrong = names.filter((name) =>
          published.some((one) => one !== name && one.toLowerCase() === name.toLowerCase()),
        );
        demand(reply, wrong.length === 0, 'names in canonical case');
      },
    ),
    must('RFC 7643 §2.2', 'What is always returned is in every answer: id and schemas.', async (bench, { user }) => {
      const lists = [await bench.get('/Users?count=3'), await bench.query('User', { filter: `id eq "${user.id}"` })];
      for (const reply of lists) {
        for (const one of listed(reply))
          demand(reply, typeof one.id === 'string' && Array.isArray(one.schemas), 'id, schemas');
      }
    }),
    must('RFC 7643 §2.2', 'What is never returned is in no answer.', async (bench, { user }) => {
      const never = bench.server.schemasOf('User')[0]?.attributes.filter(({ returned }) => returned === 'never') ?? [];
      const reply = await bench.get(user.path);
      for (const { name } of [...never, { name: 'password' }]) demand(reply, !(name in reply.body), `no ${name}`);
    }),
    must('RFC 7643 §2.4', 'Every $ref leads to the resource it names.', async (bench, { group, user }) => {
      for (const { path } of [group, user]) {
        const { body } = await bench.get(path);
        const extension = objectOf(body[ENTERPRISE]);
        const references = [...objectsOf(body.members), ...objectsOf(body.groups), objectOf(extension.manager)];
        for (const { $ref, value } of references) {
          if (typeof $ref !== 'string' || $ref === '') continue;
          demandValue(demandStatus(await bench.follow($ref), 200), 'id', value);
        }
      }
    }),
    must(
      'RFC 7643 §4.1.2',
      'A user in a group shows it in groups, if the schema has it.',
      async (bench, { user, group }) => {
        if (!bench.server.attribute('User', 'groups'))
          throw new NotOffered('the User schema of the server has no groups');
        const reply = await bench.get(user.path);
        demand(
          reply,
          objectsOf(reply.body.groups).some(({ value }) => value === group.id),
          `the group ${group.id} in groups`,
        );
      },
    ),
    must('RFC 7643 §2.4', 'At most one value of a multi-valued attribute is primary.', async (bench, { user }) => {
      const reply = await bench.get(user.path);
      for (const [name, values] of Object.entries(reply.body)) {
        const primaries = objectsOf(values).filter(({ primary }) => primary === true);
        demand(reply, primaries.length <= 1, `one primary in ${name}`);
      }
    }),
    must('RFC 7643 §3.1', 'A change moves meta.lastModified forward and leaves meta.created.', async (bench) => {
      const { path, body } = await bench.user();
      const before = objectOf(body.meta);
      const reply = await bench.put(path, bench.userBody());
      const after = objectOf(demandStatus(reply, 200).body.meta);
      demandValue(reply, 'meta.created', before.created);
      demand(reply, String(after.lastModified) !== '', 'meta.lastModified');
      demand(
        reply,
        Date.parse(String(after.lastModified)) >= Date.parse(String(before.lastModified)),
        'a later lastModified',
      );
    }),
  ],
});
