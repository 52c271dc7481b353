import { type Check, must, section, should } from '../check.ts';
import { demand, demandError, demandStatus, demandValue, listed } from '../demand.ts';
import { objectOf, objectsOf } from '../json.ts';
import { GROUP, LIST, USER } from '../urns.ts';

const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';

const config: Check[] = [
  must('RFC 7644 §4', '/ServiceProviderConfig answers 200 with its schema.', async (bench) => {
    const reply = demandStatus(await bench.get('/ServiceProviderConfig'), 200);
    demandValue(reply, 'schemas', [CONFIG]);
  }),
  ...['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'].map((feature) =>
    must('RFC 7643 §5', `ServiceProviderConfig says whether ${feature} is supported.`, async (bench) => {
      const reply = await bench.get('/ServiceProviderConfig');
      demand(reply, typeof objectOf(reply.body[feature]).supported === 'boolean', `${feature}.supported, a boolean`);
    }),
  ),
  must('RFC 7643 §5', 'ServiceProviderConfig names the limits of bulk, as integers.', async (bench) => {
    const reply = await bench.get('/ServiceProviderConfig');
    const { maxOperations, maxPayloadSize } = objectOf(reply.body.bulk);
    demand(reply, Number.isInteger(maxOperations) && Number.isInteger(maxPayloadSize), 'maxOperations, maxPayloadSize');
  }),
  must('RFC 7643 §5', 'ServiceProviderConfig names the most results of a filter, as an integer.', async (bench) => {
    const reply = await bench.get('/ServiceProviderConfig');
    demand(reply, Number.isInteger(objectOf(reply.body.filter).maxResults), 'filter.maxResults');
  }),
  must(
    'RFC 7643 §5',
    'ServiceProviderConfig lists authentication schemes with type, name and description.',
    async (bench) => {
      const reply = await bench.get('/ServiceProviderConfig');
      const schemes = objectsOf(reply.body.authenticationSchemes);
      const whole = schemes.every(({ type, name, description }) =>
        [type, name, description].every((one) => typeof one === 'string'),
      );
      demand(reply, Array.isArray(reply.body.authenticationSchemes) && whole, 'authenticationSchemes');
    },
  ),
  must('RFC 9865 §4', 'What ServiceProviderConfig says of pagination has the right types.', async (bench) => {
    const reply = await bench.get('/ServiceProviderConfig');
    const { pagination } = reply.body;
    const { cursor, index, defaultPaginationMethod: method } = objectOf(pagination);
    const right = typeof cursor === 'boolean' && typeof index === 'boolean';
    demand(reply, pagination === undefined || right, 'pagination.cursor and pagination.index, booleans');
    demand(reply, method === undefined || method === 'cursor' || method === 'index', 'defaultPaginationMethod');
  }),
];

const types: Check[] = [
  must('RFC 7644 §4', '/ResourceTypes answers with a list.', async (bench) => {
    const reply = await bench.get('/ResourceTypes');
    demand(reply, listed(reply).length > 0, 'resource types');
    demandValue(reply, 'schemas', [LIST]);
  }),
  must('RFC 7643 §6', 'Every resource type has name, endpoint and schema, and its own schema URN.', async (bench) => {
    const reply = await bench.get('/ResourceTypes');
    for (const one of listed(reply)) {
      const texts = [one.name, one.endpoint, one.schema].every((text) => typeof text === 'string');
      demand(
        reply,
        texts && Array.isArray(one.schemas) && one.schemas.includes(TYPE),
        'name, endpoint, schema, schemas',
      );
    }
  }),
  must('RFC 7643 §6', 'User and Group are among the resource types, with their core schemas.', async (bench) => {
    const reply = await bench.get('/ResourceTypes');
    const schemas = listed(reply).map(({ schema }) => schema);
    demand(reply, schemas.includes(USER) && schemas.includes(GROUP), `${USER} and ${GROUP}`);
  }),
  must('RFC 7643 §6', 'Every schema that a resource type names is published.', async (bench) => {
    const known = listed(await bench.get('/Schemas')).map(({ id }) => id);
    const reply = await bench.get('/ResourceTypes');
    for (const { schema, schemaExtensions } of listed(reply)) {
      for (const urn of [schema, ...objectsOf(schemaExtensions).map((one) => one.schema)]) {
        demand(reply, known.includes(urn), `${urn} in /Schemas`);
      }
    }
  }),
  must('RFC 7643 §6', 'Every extension of a resource type says whether it is required.', async (bench) => {
    const reply = await bench.get('/ResourceTypes');
    const extensions = listed(reply).flatMap(({ schemaExtensions }) => objectsOf(schemaExtensions));
    demand(
      reply,
      extensions.every(({ required }) => typeof required === 'boolean'),
      'schemaExtensions.required',
    );
  }),
  must('RFC 7644 §4', 'Every resource type can be read by its id or name.', async (bench) => {
    for (const { id, name } of listed(await bench.get('/ResourceTypes'))) {
      const reply = demandStatus(await bench.get(`/ResourceTypes/${encodeURIComponent(String(id ?? name))}`), 200);
      demandValue(reply, 'name', name);
    }
  }),
  must('RFC 7644 §4', 'A resource type that is not there is 404.', async (bench) => {
    demandError(await bench.get(`/ResourceTypes/${bench.name()}`), 404);
  }),
  must('RFC 7643 §3.1', 'What discovery answers has its meta: resourceType and location.', async (bench) => {
    const reply = await bench.get('/ResourceTypes');
    for (const { meta } of listed(reply)) {
      const { resourceType, location } = objectOf(meta);
      demand(reply, resourceType === 'ResourceType' && typeof location === 'string', 'meta of the resource type');
    }
  }),
  ...['ServiceProviderConfig', 'Schemas', 'ResourceTypes'].map((endpoint) =>
    should('RFC 7644 §4', `A filter on /${endpoint} is refused with 403.`, async (bench) => {
      demandStatus(await bench.get(`/${endpoint}?filter=${encodeURIComponent('id eq "x"')}`), 403);
    }),
  ),
];

/** The endpoints by which a server describes itself (RFC 7644 §4, RFC 7643 §5 and §6). */
export const discovery = section({ title: 'Discovery', checks: () => [...config, ...types] });
