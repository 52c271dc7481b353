import type { Attribute, Condition } from '../condition.ts';
import type { JsonObject } from '../json.ts';
import type { Place } from '../page.ts';

/** What a directory holds records of. */
export type RecordKind = 'User' | 'Group';

/** A group that a person is in: stored id and name. */
export type GroupOfUser = { id: string; display: string };

/** One record as its directory sent it, with what the hub adds. */
export type RecordRow = {
  kind: RecordKind;
  id: string;
  /** Another one after every change of the record itself. */
  version: number;
  resource: JsonObject;
  createdAt: string;
  updatedAt: string;
  /** The directory's groups that the person is in, by id; null for none, for groups, and where they were not asked for. */
  groups: GroupOfUser[] | null;
};

/**
 * The order of a list: by the value that each kind has at that attribute, then by id. A null attribute is one that the
 * kind does not have. Of several values the primary one counts, else the first; records without one come last, and
 * first in a descending order.
 */
export type RecordSort = { by: Record<RecordKind, Attribute | null>; descending: boolean };

/** Where a page begins: after so many records, or beside a place that an earlier page gave. */
export type PageStart = { offset: number } | { after: Place | null } | { before: Place };

/** A page of the matching records of the kinds that `where` speaks of; null: all of that kind. */
export type RecordQuery = {
  where: Partial<Record<RecordKind, Condition | null>>;
  /** null: by id. */
  sort: RecordSort | null;
  start: PageStart;
  limit: number;
  /** Whether to count all matches too. */
  counted: boolean;
  withGroups: boolean;
};

/** `total` is null where it was not asked for; `more`: there are records beyond the page, in its direction. */
export type RecordPage = { total: number | null; rows: RecordRow[]; places: Place[]; more: boolean };

/** A membership as SCIM shows it. */
export type MemberRow = { groupId: string; userId: string };

/** What a directory may read: its own records and no others. Ids are stored ids. */
export interface RecordReader {
  findUser(tenantId: string, directoryId: string, id: string): Promise<RecordRow | null>;
  findGroup(tenantId: string, directoryId: string, id: string): Promise<RecordRow | null>;
  list(tenantId: string, directoryId: string, query: RecordQuery): Promise<RecordPage>;
  /** The members, whom the directory still holds, of these groups. */
  members(tenantId: string, directoryId: string, groupIds: string[]): Promise<MemberRow[]>;
}
