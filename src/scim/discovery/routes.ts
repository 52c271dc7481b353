import type Router from '@koa/router';
import { notFound } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { answer, type Exchange, parameter } from '../exchange.ts';
import { ScimFault } from '../faults.ts';
import { wholeList } from '../listing/list-response.ts';
import { publishedSchemas } from '../schema/published.ts';
import { resourceTypes } from './resource-types.ts';
import { serviceProviderConfig } from './service-provider-config.ts';

/** What the server offers (RFC 7644 §4): the same for all, and never filtered. */
export function discoveryRoutes(router: Router, baseUrl: string): void {
  const config = serviceProviderConfig(baseUrl);
  router.get('/ServiceProviderConfig', (exchange: Exchange) => {
    refuseFilter(exchange);
    answer(exchange, 200, config);
  });
  listAndItems(router, '/Schemas', 'schema', publishedSchemas(baseUrl));
  listAndItems(router, '/ResourceTypes', 'resource type', resourceTypes(baseUrl));
}

function listAndItems(router: Router, path: string, what: string, resources: JsonObject[]): void {
  const byId = new Map(resources.map((resource) => [String(resource.id).toLowerCase(), resource]));
  router.get(path, (exchange: Exchange) => {
    refuseFilter(exchange);
    answer(exchange, 200, wholeList(resources));
  });
  router.get(`${path}/:id`, (exchange: Exchange) => {
    const id = exchange.params.id!;
    const resource = byId.get(id.toLowerCase());
    if (!resource) throw notFound(what, id);
    answer(exchange, 200, resource);
  });
}

/** RFC 7644 §4: a filter on discovery is answered 403. */
function refuseFilter(exchange: Exchange): void {
  if (parameter(exchange, 'filter') !== undefined) throw new ScimFault(403, null, 'Discovery cannot be filtered.');
}
