import type Router from '@koa/router';
import { run } from '../../domain/command.ts';
import type { RecordRow } from '../../domain/directories/record-reader.ts';
import { notFound } from '../../domain/errors.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import { changeProvisionedUser } from '../../domain/users/change-provisioned-user.ts';
import { deprovisionUser } from '../../domain/users/deprovision-user.ts';
import type { Person } from '../../domain/users/person.ts';
import { provisionUser } from '../../domain/users/provision-user.ts';
import { answer, answerResource, bodyOf, callOf, directoryOf, type Exchange, parameter } from '../exchange.ts';
import { listQuery, listResponse } from '../list.ts';
import type { ScimParts } from '../parts.ts';
import { parsePatch } from '../patch/operation.ts';
import { demandOwnId } from '../patch/own-id.ts';
import { patchUser } from '../patch/patch-user.ts';
import { parseProjection } from '../resource/projection.ts';
import { readUser } from '../resource/read.ts';
import { userRecord } from '../resource/record.ts';
import { renderUser, type Stored } from '../resource/render.ts';

/** People as their directory writes and reads them (RFC 7644 §3). */
export function userRoutes(router: Router, { hub, records, baseUrl }: ScimParts & { baseUrl: string }): void {
  const projection = (exchange: Exchange) =>
    parseProjection('User', parameter(exchange, 'attributes'), parameter(exchange, 'excludedattributes'));
  const render = (exchange: Exchange, stored: Stored) => renderUser(stored, baseUrl, projection(exchange));

  router.post('/Users', async (exchange: Exchange) => {
    projection(exchange);
    const record = userRecord(readUser(await bodyOf(exchange)), null);
    const person = await run(hub, callOf(exchange), provisionUser, record);
    answerResource(exchange, 201, render(exchange, storedPerson(person, exchange)));
  });

  router.get('/Users', async (exchange: Exchange) => {
    const query = listQuery(exchange, 'User');
    const page = await records.listUsers(...directoryOf(exchange), query);
    const wanted = projection(exchange);
    const resources = page.rows.map((row) => renderUser(storedRow(row), baseUrl, wanted));
    answer(exchange, 200, listResponse(page, query, resources));
  });

  router.get('/Users/:id', async (exchange: Exchange) => {
    const id = exchange.params.id!;
    const uuid = uuidOf('usr', id);
    const row = uuid && (await records.findUser(...directoryOf(exchange), uuid));
    if (!row) throw notFound('user', id);
    answerResource(exchange, 200, render(exchange, storedRow(row)));
  });

  router.put('/Users/:id', async (exchange: Exchange) => {
    projection(exchange);
    const resource = readUser(await bodyOf(exchange));
    const change = (before: Stored['resource']) => userRecord(resource, before);
    const person = await run(hub, callOf(exchange), changeProvisionedUser, { id: exchange.params.id!, change });
    answerResource(exchange, 200, render(exchange, storedPerson(person, exchange)));
  });

  router.patch('/Users/:id', async (exchange: Exchange) => {
    projection(exchange);
    const id = exchange.params.id!;
    const operations = parsePatch(await bodyOf(exchange));
    demandOwnId(operations, id);
    const change = (before: Stored['resource']) => userRecord(patchUser(before, operations), before);
    const person = await run(hub, callOf(exchange), changeProvisionedUser, { id, change });
    answerResource(exchange, 200, render(exchange, storedPerson(person, exchange)));
  });

  router.delete('/Users/:id', async (exchange: Exchange) => {
    await run(hub, callOf(exchange), deprovisionUser, { id: exchange.params.id! });
    exchange.status = 204;
  });
}

const storedRow = (row: RecordRow): Stored => ({ ...row, id: wireId('usr', row.id) });

/** The person as this directory holds them. */
function storedPerson(person: Person, exchange: Exchange): Stored {
  const { directoryId } = exchange.state.actor;
  const { resource, linkedAt } = person.sources.find((source) => source.id === directoryId)!.link!;
  const { id, version, updatedAt } = person;
  return { id: wireId('usr', id), version, resource, createdAt: linkedAt, updatedAt };
}
