import type Router from '@koa/router';
import type { RecordRow } from '../../domain/directories/record-reader.ts';
import { wireId } from '../../domain/ids.ts';
import {
  answer,
  answerTagged,
  bodyOf,
  callerOf,
  directoryOf,
  type Exchange,
  parameter,
  preconditionOf,
} from '../exchange.ts';
import { listQuery, listResponse } from '../list.ts';
import { createGroup, deleteGroup, getGroup, patchGroupBy, replaceGroup } from '../operations/groups.ts';
import type { ScimParts } from '../parts.ts';
import { type Projection, parseProjection, wants } from '../resource/projection.ts';
import { etagOf, locationOf, renderGroup } from '../resource/render.ts';

/** Groups as their directory writes and reads them. Members are read only where they are asked for (entra.md C3, C4). */
export function groupRoutes(router: Router, parts: ScimParts & { baseUrl: string }): void {
  const { records, baseUrl } = parts;

  const rendered = async (exchange: Exchange, rows: RecordRow[], wanted: Projection | null) => {
    const shown = wants(wanted, 'members');
    const ids = rows.map((row) => row.id);
    const members = shown && ids.length > 0 ? await records.members(...directoryOf(exchange), ids) : [];
    const byGroup = Map.groupBy(members, (member) => member.groupId);
    return rows.map((row) => {
      const list = (byGroup.get(row.id) ?? []).map(({ userId }) => ({ value: wireId('usr', userId) }));
      const stored = { ...row, id: wireId('grp', row.id), members: shown ? list : undefined };
      return renderGroup(stored, baseUrl, wanted);
    });
  };

  /** Reads what is to be shown before anything is done, so that a mistake in it changes nothing. */
  const showing = (exchange: Exchange, wanted: Projection | null = projectionOf(exchange)) => {
    return async (status: number, id: string) => {
      const row = await getGroup(callerOf(exchange, parts), id);
      const tagged = { etag: etagOf(row.version), location: locationOf('Group', id, baseUrl) };
      if (answerTagged(exchange, tagged)) return;
      const [resource] = await rendered(exchange, [row], wanted);
      answer(exchange, status, resource!);
    };
  };

  router.post('/Groups', async (exchange: Exchange) => {
    const show = showing(exchange);
    await show(201, await createGroup(callerOf(exchange, parts), await bodyOf(exchange)));
  });

  router.get('/Groups', async (exchange: Exchange) => {
    const query = listQuery(exchange, 'Group');
    const page = await records.listGroups(...directoryOf(exchange), query);
    answer(exchange, 200, listResponse(page, query, await rendered(exchange, page.rows, projectionOf(exchange))));
  });

  router.get('/Groups/:id', (exchange: Exchange) => showing(exchange)(200, exchange.params.id!));

  router.put('/Groups/:id', async (exchange: Exchange) => {
    const show = showing(exchange);
    const id = exchange.params.id!;
    await replaceGroup(callerOf(exchange, parts), id, await bodyOf(exchange), preconditionOf(exchange));
    await show(200, id);
  });

  router.patch('/Groups/:id', async (exchange: Exchange) => {
    const show = showing(exchange);
    const id = exchange.params.id!;
    await patchGroupBy(callerOf(exchange, parts), id, await bodyOf(exchange), preconditionOf(exchange));
    // 204 as Entra expects (entra.md B29), unless the client asks to see the result (RFC 7644 §3.5.2).
    if (parameter(exchange, 'attributes')) await show(200, id);
    else exchange.status = 204;
  });

  router.delete('/Groups/:id', async (exchange: Exchange) => {
    await deleteGroup(callerOf(exchange, parts), exchange.params.id!, preconditionOf(exchange));
    exchange.status = 204;
  });
}

const projectionOf = (exchange: Exchange) =>
  parseProjection('Group', parameter(exchange, 'attributes'), parameter(exchange, 'excludedattributes'));
