import type { Json, JsonObject } from '../../domain/json.ts';
import type { Cell, SourceKind, Write } from '../../domain/ownership.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Person, PersonSource, UserKind, UserStatus, WaitsFor } from '../../domain/users/person.ts';
import { userFieldKeys } from '../../fields/user.fields.ts';
import { columnOf } from './user-columns.ts';

/** The stored id of the source that people and products write to. */
export const LOCAL_ID = '00000000-0000-0000-0000-00000000000a';

/** The stored id of the source that the person's device speaks as. */
const DEVICE_ID = '00000000-0000-0000-0000-00000000000d';

/** The stored id of a source. */
export const sourceId = ({ id, kind }: PersonSource): string =>
  ({ DIRECTORY: id, LOCAL: LOCAL_ID, DEVICE: DEVICE_ID })[kind];

/** A row of `users` with its sources as one JSON list. */
export type PersonRow = Record<string, unknown> & {
  id: string;
  version: number;
  kind: UserKind;
  kind_by_rule: boolean;
  status: UserStatus;
  status_at: string;
  visible: boolean;
  seated: boolean;
  waits_for: WaitsFor | null;
  activated_at: string | null;
  login_id: string | null;
  user_name: string;
  created_at: string;
  updated_at: string;
  custom: JsonObject | null;
  sources: SourceRow[];
};

type SourceRow = {
  source_id: string;
  kind: SourceKind;
  asserted: Record<string, Cell>;
  writes: Record<string, Write>;
  external_id: string | null;
  user_name: string | null;
  active: boolean | null;
  resource: Record<string, Json> | null;
  linked_at: string;
  ended_at: string | null;
};

/** Sources whose words may count: links that live, and those of directories that let go of somebody who stays. */
export function speaks(alias: string): string {
  return `(${alias}.ended_at is null or ${alias}.kept)`;
}

const sources = (which: string): string => `(
  select coalesce(json_agg(json_build_object(
    'source_id', s.source_id, 'kind', s.kind, 'asserted', s.asserted, 'writes', s.writes,
    'external_id', s.external_id, 'user_name', s.user_name, 'active', s.active, 'resource', s.resource,
    'linked_at', s.linked_at, 'ended_at', s.ended_at) order by s.linked_at, s.source_id), '[]')
  from user_sources s where s.tenant_id = u.tenant_id and s.user_id = u.id and (${which})) as sources`;

/** The columns of `SourceRow` as JSON, for a person `u`. */
export const sourcesOfPerson = sources(speaks('s'));

/** As `sourcesOfPerson`, with the links that ended at one of the moments in that list. */
export const sourcesEndedAt = (moments: string): string => sources(`${speaks('s')} or s.ended_at = any(${moments})`);

const stored = new WeakMap<PersonSource, JsonObject | null>();

/** True for a source that was read from its row, and not made since. */
export const isStored = (source: PersonSource): boolean => stored.has(source);

/** The record of a source as it was read; null where there is none. */
export const storedRecord = (source: PersonSource): JsonObject | null => stored.get(source) ?? null;

/** The person of a row. */
export function personOf(row: PersonRow, policy: Policy): Person {
  const values: Record<string, Json> = {};
  for (const key of userFieldKeys) {
    const value = row[columnOf(key)] as Json;
    if (value !== null) values[key] = value;
  }
  if (row.custom) Object.assign(values, row.custom);
  return {
    id: row.id,
    version: row.version,
    kind: row.kind,
    kindByRule: row.kind_by_rule,
    status: row.status,
    statusAt: row.status_at,
    visible: row.visible,
    seated: row.seated,
    waitsFor: row.waits_for,
    activatedAt: row.activated_at,
    loginId: row.login_id,
    userName: row.user_name,
    values,
    sources: row.sources.map((source) => sourceOf(source, policy)),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function sourceOf(row: SourceRow, policy: Policy): PersonSource {
  const source = read(row, policy);
  stored.set(source, row.resource);
  return source;
}

function read(row: SourceRow, policy: Policy): PersonSource {
  const { kind, asserted, writes } = row;
  const live = !policy.disconnected.has(row.source_id) && row.ended_at === null;
  if (kind !== 'DIRECTORY') return { id: kind, kind, live: true, asserted, writes, link: null };
  const link = {
    externalId: row.external_id,
    userName: row.user_name!,
    active: row.active!,
    resource: row.resource!,
    linkedAt: new Date(row.linked_at).toISOString(),
    endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
  };
  return { id: row.source_id, kind, live, asserted, writes, link };
}
