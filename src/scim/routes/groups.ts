import type Router from '@koa/router';
import { answer, answerTagged, bodyOf, callerOf, type Exchange, parameter, preconditionOf } from '../exchange.ts';
import { show } from '../listing/show.ts';
import { createGroup, deleteGroup, getGroup, patchGroupBy, replaceGroup } from '../operations/groups.ts';
import type { ScimParts } from '../parts.ts';
import { parseProjection } from '../resource/projection.ts';
import { etagOf, locationOf } from '../resource/render.ts';

/** Groups as their directory writes and reads them. Members are read only where they are asked for (entra.md C3, C4). */
export function groupRoutes(router: Router, parts: ScimParts & { baseUrl: string }): void {
  const { records, baseUrl } = parts;

  /** Reads what is to be shown before anything is done, so that a mistake in it changes nothing. */
  const showing = (exchange: Exchange) => {
    const wanted = { User: null, Group: projectionOf(exchange) };
    return async (status: number, id: string) => {
      const row = await getGroup(await callerOf(exchange, parts), id);
      const tagged = { etag: etagOf(row.version), location: locationOf('Group', id, baseUrl) };
      if (answerTagged(exchange, tagged)) return;
      const [resource] = await show(records, exchange, [row], wanted, baseUrl);
      answer(exchange, status, resource!);
    };
  };

  router.post('/Groups', async (exchange: Exchange) => {
    const show = showing(exchange);
    await show(201, await createGroup(await callerOf(exchange, parts), await bodyOf(exchange)));
  });

  router.get('/Groups/:id', (exchange: Exchange) => showing(exchange)(200, exchange.params.id!));

  router.put('/Groups/:id', async (exchange: Exchange) => {
    const show = showing(exchange);
    const id = exchange.params.id!;
    await replaceGroup(await callerOf(exchange, parts), id, await bodyOf(exchange), preconditionOf(exchange));
    await show(200, id);
  });

  router.patch('/Groups/:id', async (exchange: Exchange) => {
    const show = showing(exchange);
    const id = exchange.params.id!;
    await patchGroupBy(await callerOf(exchange, parts), id, await bodyOf(exchange), preconditionOf(exchange));
    // 204 as Entra expects (entra.md B29), unless the client asks to see the result (RFC 7644 §3.5.2).
    if (parameter(exchange, 'attributes')) await show(200, id);
    else exchange.status = 204;
  });

  router.delete('/Groups/:id', async (exchange: Exchange) => {
    await deleteGroup(await callerOf(exchange, parts), exchange.params.id!, preconditionOf(exchange));
    exchange.status = 204;
  });
}

const projectionOf = (exchange: Exchange) =>
  parseProjection('Group', parameter(exchange, 'attributes'), parameter(exchange, 'excludedattributes'));
