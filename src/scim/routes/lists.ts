import type Router from '@koa/router';
import type { RecordKind } from '../../domain/directories/record-reader.ts';
import { answer, bodyOf, type Exchange } from '../exchange.ts';
import { lister } from '../listing/list.ts';
import { requestInBody, requestInQuery } from '../listing/search-request.ts';
import type { ScimParts } from '../parts.ts';

/** Where lists are: of people, of groups, and of both at the root of the server (RFC 7644 §3.4.2.1). */
const places: Readonly<Record<string, readonly RecordKind[]>> = {
  '/Users': ['User'],
  '/Groups': ['Group'],
  '': ['User', 'Group'],
};

/** Lists, by GET and by POST to `.search` (RFC 7644 §3.4.2, §3.4.3). */
export function listRoutes(router: Router, parts: ScimParts & { baseUrl: string }): void {
  const list = lister(parts);
  for (const [place, kinds] of Object.entries(places)) {
    router.get(place || '/', async (exchange: Exchange) => {
      answer(exchange, 200, await list(exchange, kinds, requestInQuery(exchange)));
    });
    router.post(`${place}/.search`, async (exchange: Exchange) => {
      answer(exchange, 200, await list(exchange, kinds, requestInBody(await bodyOf(exchange))));
    });
  }
}
