import { must, section, should } from '../check.ts';
import { demand, demandError, demandStatus, demandValue, listed } from '../demand.ts';
import { objectsOf, type Resource } from '../json.ts';
import { GROUP, LIST, USER } from '../urns.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';
const TYPES = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'];
const ALLOWED: Record<string, string[]> = {
  type: TYPES,
  mutability: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  returned: ['always', 'never', 'default', 'request'],
  uniqueness: ['none', 'server', 'global'],
};

/** Every attribute and sub-attribute of the published schemas, with the place where it is. */
const attributesIn = (schemas: Resource[]): [string, Resource][] =>
  schemas.flatMap(({ id, attributes }) =>
    objectsOf(attributes).flatMap((one): [string, Resource][] => [
      [`${id}:${one.name}`, one],
      ...objectsOf(one.subAttributes).map((part): [string, Resource] => [`${id}:${one.name}.${part.name}`, part]),
    ]),
  );

/** The published schemas (RFC 7643 §7). */
export const schemas = section({
  title: 'Schemas',
  checks: () => [
    must('RFC 7644 §4', '/Schemas answers with a list.', async (bench) => {
      const reply = await bench.get('/Schemas');
      demand(reply, listed(reply).length > 0, 'schemas');
      demandValue(reply, 'schemas', [LIST]);
    }),
    must('RFC 7643 §4', 'The schemas of User and Group are published.', async (bench) => {
      const reply = await bench.get('/Schemas');
      const ids = listed(reply).map(({ id }) => id);
      demand(reply, ids.includes(USER) && ids.includes(GROUP), `${USER} and ${GROUP}`);
    }),
    must('RFC 7644 §4', 'Every schema can be read by its URN, and reads the same.', async (bench) => {
      for (const { id, attributes } of listed(await bench.get('/Schemas'))) {
        const reply = demandStatus(await bench.get(`/Schemas/${id}`), 200);
        demandValue(reply, 'id', id);
        demandValue(reply, 'attributes', attributes);
      }
    }),
    must('RFC 7644 §4', 'A schema that is not there is 404.', async (bench) => {
      demandError(await bench.get(`/Schemas/urn:conformance:${bench.name()}`), 404);
    }),
    should('RFC 7643 §7', 'Every schema names the Schema schema and has a meta.', async (bench) => {
      const reply = await bench.get('/Schemas');
      for (const { schemas, meta } of listed(reply)) {
        demand(reply, Array.isArray(schemas) && schemas.includes(SCHEMA), `schemas ["${SCHEMA}"]`);
        demand(reply, meta !== undefined, 'meta');
      }
    }),
    must('RFC 7643 §7', 'Every attribute has a name, and multiValued is a boolean.', async (bench) => {
      const reply = await bench.get('/Schemas');
      for (const [path, { name, multiValued }] of attributesIn(listed(reply))) {
        demand(reply, typeof name === 'string' && /^[A-Za-z$][\w$-]*$/.test(name), `a name at ${path}`);
        demand(reply, typeof multiValued === 'boolean', `multiValued at ${path}`);
      }
    }),
    ...Object.entries(ALLOWED).map(([characteristic, allowed]) =>
      must('RFC 7643 §7', `Every attribute's ${characteristic} is one that there is.`, async (bench) => {
        const reply = await bench.get('/Schemas');
        for (const [path, attribute] of attributesIn(listed(reply))) {
          const value = attribute[characteristic];
          const may = characteristic !== 'type' && value === undefined;
          demand(
            reply,
            may || allowed.includes(String(value)),
            `${characteristic} of ${path} in ${allowed.join(', ')}`,
          );
        }
      }),
    ),
    must('RFC 7643 §7', 'Complex attributes have sub-attributes, and none of these is complex.', async (bench) => {
      const reply = await bench.get('/Schemas');
      for (const { id, attributes } of listed(reply)) {
        for (const { name, type, subAttributes } of objectsOf(attributes)) {
          const parts = objectsOf(subAttributes);
          demand(reply, type !== 'complex' || parts.length > 0, `subAttributes of ${id}:${name}`);
          demand(
            reply,
            parts.every((part) => part.type !== 'complex'),
            `no complex part in ${id}:${name}`,
          );
        }
      }
    }),
    must('RFC 7643 §4.1.1', 'userName is required, unique on the server, and compared without case.', async (bench) => {
      const reply = demandStatus(await bench.get(`/Schemas/${USER}`), 200);
      const userName = objectsOf(reply.body.attributes).find(({ name }) => name === 'userName');
      demand(reply, userName?.required === true && userName.uniqueness !== 'none', 'required, uniqueness server');
      demand(reply, userName?.caseExact === false || userName?.caseExact === undefined, 'caseExact false');
    }),
    must('RFC 7643 §2.2', 'No attribute is named twice in a schema.', async (bench) => {
      const reply = await bench.get('/Schemas');
      for (const { id, attributes } of listed(reply)) {
        const names = objectsOf(attributes).map(({ name }) => String(name).toLowerCase());
        demand(reply, new Set(names).size === names.length, `each name once in ${id}`);
      }
    }),
  ],
});
