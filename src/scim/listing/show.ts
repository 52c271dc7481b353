import type { GroupOfUser, RecordKind, RecordReader, RecordRow } from '../../domain/directories/record-reader.ts';
import { wireId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import { directoryOf, type Exchange } from '../exchange.ts';
import { type Projection, wants } from '../resource/projection.ts';
import { renderGroup, renderUser, type Stored, type UserGroup } from '../resource/render.ts';
import type { Tables } from '../schema/resolve.ts';

/** What of a record of each kind the client wants to see. */
export type Wanted = Record<RecordKind, Projection | null>;

/** The records as this client sees them, in their order. Members are read only where they are asked for (entra.md C3, C4). */
export async function show(
  records: RecordReader,
  exchange: Exchange,
  rows: readonly RecordRow[],
  wanted: Wanted,
  baseUrl: string,
): Promise<JsonObject[]> {
  const shown = wants(wanted.Group, 'members');
  const ids = shown ? rows.filter((row) => row.kind === 'Group').map((row) => row.id) : [];
  const members = ids.length > 0 ? await records.members(...directoryOf(exchange), ids) : [];
  const byGroup = Map.groupBy(members, (member) => member.groupId);
  return rows.map((row) => {
    if (row.kind === 'User')
      return renderUser({ ...stored(row), groups: shownGroups(row.groups ?? []) }, baseUrl, wanted.User);
    const list = (byGroup.get(row.id) ?? []).map(({ userId }) => ({ value: wireId('usr', userId) }));
    return renderGroup({ ...stored(row), members: shown ? list : undefined }, baseUrl, wanted.Group);
  });
}

/** A person's row as it is rendered; without groups where the directory is told that there are none. */
export const storedUser = (row: RecordRow, { hasGroups }: Pick<Tables, 'hasGroups'>): Stored => ({
  ...stored(row),
  groups: hasGroups ? shownGroups(row.groups ?? []) : [],
});

/** The groups of a person as they are rendered. */
export const shownGroups = (groups: readonly GroupOfUser[]): UserGroup[] =>
  groups.map(({ id, display }) => ({ value: wireId('grp', id), display }));

const stored = ({ kind, id, version, resource, createdAt, updatedAt }: RecordRow): Stored => ({
  id: wireId(kind === 'User' ? 'usr' : 'grp', id),
  version,
  resource,
  createdAt,
  updatedAt,
});
