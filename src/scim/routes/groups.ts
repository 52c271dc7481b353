import type Router from '@koa/router';
import { run } from '../../domain/command.ts';
import type { RecordRow } from '../../domain/directories/record-reader.ts';
import { notFound } from '../../domain/errors.ts';
import { changeGroup } from '../../domain/groups/change-group.ts';
import { changeGroupMembers } from '../../domain/groups/change-group-members.ts';
import { deprovisionGroup } from '../../domain/groups/deprovision-group.ts';
import type { MemberChange } from '../../domain/groups/member-change.ts';
import { provisionGroup } from '../../domain/groups/provision-group.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import { answer, answerResource, bodyOf, callOf, directoryOf, type Exchange, parameter } from '../exchange.ts';
import { listQuery, listResponse } from '../list.ts';
import type { ScimParts } from '../parts.ts';
import { parsePatch } from '../patch/operation.ts';
import { demandOwnId } from '../patch/own-id.ts';
import { patchGroup } from '../patch/patch-group.ts';
import { type Projection, parseProjection, wants } from '../resource/projection.ts';
import { readGroup } from '../resource/read.ts';
import { groupRecord } from '../resource/record.ts';
import { renderGroup, type Stored } from '../resource/render.ts';

/** Groups as their directory writes and reads them. Members are read only where they are asked for (entra.md C3, C4). */
export function groupRoutes(router: Router, { hub, records, baseUrl }: ScimParts & { baseUrl: string }): void {
  const projection = (exchange: Exchange) =>
    parseProjection('Group', parameter(exchange, 'attributes'), parameter(exchange, 'excludedattributes'));

  const withMembers = async (exchange: Exchange, rows: RecordRow[], wanted: Projection | null) => {
    const shown = wants(wanted, 'members');
    const ids = rows.map((row) => row.id);
    const members = shown && ids.length > 0 ? await records.members(...directoryOf(exchange), ids) : [];
    const byGroup = Map.groupBy(members, (member) => member.groupId);
    return rows.map((row) => {
      const list = (byGroup.get(row.id) ?? []).map(({ userId }) => ({ value: wireId('usr', userId) }));
      return renderGroup({ ...stored(row), members: shown ? list : undefined }, baseUrl, wanted);
    });
  };

  const find = async (exchange: Exchange, id: string): Promise<RecordRow> => {
    const uuid = uuidOf('grp', id);
    const row = uuid && (await records.findGroup(...directoryOf(exchange), uuid));
    if (!row) throw notFound('group', id);
    return row;
  };

  const answerGroup = async (exchange: Exchange, status: number, id: string) => {
    const [resource] = await withMembers(exchange, [await find(exchange, id)], projection(exchange));
    answerResource(exchange, status, resource!);
  };

  router.post('/Groups', async (exchange: Exchange) => {
    projection(exchange);
    const { resource, members } = readGroup(await bodyOf(exchange));
    const input = { record: groupRecord(resource), members: members ?? [] };
    const group = await run(hub, callOf(exchange), provisionGroup, input);
    await answerGroup(exchange, 201, wireId('grp', group.id));
  });

  router.get('/Groups', async (exchange: Exchange) => {
    const query = listQuery(exchange, 'Group');
    const page = await records.listGroups(...directoryOf(exchange), query);
    answer(exchange, 200, listResponse(page, query, await withMembers(exchange, page.rows, projection(exchange))));
  });

  router.get('/Groups/:id', (exchange: Exchange) => answerGroup(exchange, 200, exchange.params.id!));

  router.put('/Groups/:id', async (exchange: Exchange) => {
    projection(exchange);
    const id = exchange.params.id!;
    const { resource, members } = readGroup(await bodyOf(exchange));
    // What a PUT leaves out is unassigned, members too (RFC 7643 §2.5, RFC 7644 §3.5.1).
    const replaced: MemberChange = members ? { kind: 'replace', ids: members } : { kind: 'clear' };
    const input = { id, change: () => groupRecord(resource), members: [replaced] };
    await run(hub, callOf(exchange), changeGroup, input);
    await answerGroup(exchange, 200, id);
  });

  router.patch('/Groups/:id', async (exchange: Exchange) => {
    projection(exchange);
    const id = exchange.params.id!;
    const operations = parsePatch(await bodyOf(exchange));
    demandOwnId(operations, id);
    const { change, members } = patchGroup(operations);
    const [delta] = members;
    if (!change && members.length === 1 && (delta?.kind === 'add' || delta?.kind === 'remove')) {
      await run(hub, callOf(exchange), changeGroupMembers, { id, kind: delta.kind, members: delta.ids });
    } else {
      const apply = (before: Stored['resource']) => groupRecord(change ? change(before) : before);
      await run(hub, callOf(exchange), changeGroup, { id, change: ({ resource }) => apply(resource), members });
    }
    // 204 as Entra expects (entra.md B29), unless the client asks to see the result (RFC 7644 §3.5.2).
    if (parameter(exchange, 'attributes')) await answerGroup(exchange, 200, id);
    else exchange.status = 204;
  });

  router.delete('/Groups/:id', async (exchange: Exchange) => {
    await run(hub, callOf(exchange), deprovisionGroup, { id: exchange.params.id! });
    exchange.status = 204;
  });
}

const stored = (row: RecordRow): Stored => ({ ...row, id: wireId('grp', row.id) });
