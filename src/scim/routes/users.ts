import type Router from '@koa/router';
import { answer, answerTagged, bodyOf, callerOf, type Exchange, parameter, preconditionOf } from '../exchange.ts';
import type { Caller } from '../operations/caller.ts';
import { createUser, deleteUser, getUser, patchUserBy, replaceUser } from '../operations/users.ts';
import type { ScimParts } from '../parts.ts';
import { parseProjection } from '../resource/projection.ts';
import { etagOf, locationOf, renderUser, type Stored } from '../resource/render.ts';
import type { Tables } from '../schema/resolve.ts';

/** People as their directory writes and reads them (RFC 7644 §3). */
export function userRoutes(router: Router, parts: ScimParts & { baseUrl: string }): void {
  const { baseUrl } = parts;

  /** Reads what is to be shown before anything is done, so that a mistake in it changes nothing. */
  const showing = (exchange: Exchange, { tables }: Caller) => {
    const wanted = projectionOf(exchange, tables);
    return (status: number, person: Stored) => {
      const tagged = {
        etag: etagOf(person.version, person.groups),
        location: locationOf('User', person.id, baseUrl),
      };
      if (!answerTagged(exchange, tagged)) answer(exchange, status, renderUser(person, baseUrl, wanted));
    };
  };

  router.post('/Users', async (exchange: Exchange) => {
    const caller = await callerOf(exchange, parts);
    const show = showing(exchange, caller);
    show(201, await createUser(caller, await bodyOf(exchange)));
  });

  router.get('/Users/:id', async (exchange: Exchange) => {
    const caller = await callerOf(exchange, parts);
    const show = showing(exchange, caller);
    show(200, await getUser(caller, exchange.params.id!));
  });

  router.put('/Users/:id', async (exchange: Exchange) => {
    const caller = await callerOf(exchange, parts);
    const show = showing(exchange, caller);
    const body = await bodyOf(exchange);
    show(200, await replaceUser(caller, exchange.params.id!, body, preconditionOf(exchange)));
  });

  router.patch('/Users/:id', async (exchange: Exchange) => {
    const caller = await callerOf(exchange, parts);
    const show = showing(exchange, caller);
    const body = await bodyOf(exchange);
    show(200, await patchUserBy(caller, exchange.params.id!, body, preconditionOf(exchange)));
  });

  router.delete('/Users/:id', async (exchange: Exchange) => {
    await deleteUser(await callerOf(exchange, parts), exchange.params.id!, preconditionOf(exchange));
    exchange.status = 204;
  });
}

const projectionOf = (exchange: Exchange, tables: Tables) =>
  parseProjection('User', parameter(exchange, 'attributes'), parameter(exchange, 'excludedattributes'), tables);
