import type Router from '@koa/router';
import type { Actor } from '../../domain/actor.ts';
import type { Hub } from '../../domain/command.ts';
import { notFound } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { answer, type Exchange, parameter, tablesOf } from '../exchange.ts';
import { ScimFault } from '../faults.ts';
import { wholeList } from '../listing/list-response.ts';
import { publishedSchemas } from '../schema/published.ts';
import { standardTables, type Tables } from '../schema/resolve.ts';
import { resourceTypes } from './resource-types.ts';
import { serviceProviderConfig } from './service-provider-config.ts';

/** What the server offers (RFC 7644 §4), never filtered: the same for all but for what a directory's policy and the tenant's fields make of it. */
export function discoveryRoutes(router: Router, { hub, baseUrl }: { hub: Hub; baseUrl: string }): void {
  const config = serviceProviderConfig(baseUrl);
  router.get('/ServiceProviderConfig', (exchange: Exchange) => {
    refuseFilter(exchange);
    answer(exchange, 200, config);
  });
  const tables = (exchange: Exchange) => publishedTables(hub, exchange);
  listAndItems(
    router,
    '/Schemas',
    'schema',
    tables,
    madeOnce((given) => publishedSchemas(baseUrl, given)),
  );
  listAndItems(
    router,
    '/ResourceTypes',
    'resource type',
    tables,
    madeOnce((given) => resourceTypes(baseUrl, given)),
  );
}

type Documents = (tables: Tables) => JsonObject[];

function listAndItems(
  router: Router,
  path: string,
  what: string,
  tablesOf: (exchange: Exchange) => Promise<Tables>,
  documents: Documents,
): void {
  router.get(path, async (exchange: Exchange) => {
    refuseFilter(exchange);
    answer(exchange, 200, wholeList(documents(await tablesOf(exchange))));
  });
  router.get(`${path}/:id`, async (exchange: Exchange) => {
    const id = exchange.params.id!;
    const all = documents(await tablesOf(exchange));
    const resource = all.find((one) => String(one.id).toLowerCase() === id.toLowerCase());
    if (!resource) throw notFound(what, id);
    answer(exchange, 200, resource);
  });
}

/** The attributes of the calling directory as they stand; who has not signed in is shown the standard ones. */
async function publishedTables(hub: Hub, exchange: Exchange): Promise<Tables> {
  const actor = exchange.state.actor as Actor | undefined;
  return actor ? tablesOf(hub, exchange, true) : standardTables;
}

/** The documents, made once for the same tables. */
function madeOnce(make: Documents): Documents {
  const made = new WeakMap<Tables, JsonObject[]>();
  return (tables) => {
    const known = made.get(tables) ?? make(tables);
    made.set(tables, known);
    return known;
  };
}

/** RFC 7644 §4: a filter on discovery is answered 403. */
function refuseFilter(exchange: Exchange): void {
  if (parameter(exchange, 'filter') !== undefined) throw new ScimFault(403, null, 'Discovery cannot be filtered.');
}
