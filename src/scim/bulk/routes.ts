import type Router from '@koa/router';
import { answer, bodyOf, callerOf, type Exchange } from '../exchange.ts';
import type { ScimParts } from '../parts.ts';
import { parseBulk } from './bulk-request.ts';
import { runBulk } from './run-bulk.ts';

const RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';

/** Many operations in one request (RFC 7644 §3.7). */
export function bulkRoutes(router: Router, parts: ScimParts & { baseUrl: string }): void {
  router.post('/Bulk', async (exchange: Exchange) => {
    const request = parseBulk(await bodyOf(exchange));
    const Operations = await runBulk(await callerOf(exchange, parts), request, parts.baseUrl);
    answer(exchange, 200, { schemas: [RESPONSE], Operations });
  });
}
