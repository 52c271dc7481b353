import type { Condition } from '../condition.ts';
import type { JsonObject } from '../json.ts';

/** One record as its directory sent it, with what the hub adds. */
export type RecordRow = {
  id: string;
  /** Another one after every change; the ETag. */
  version: number;
  resource: JsonObject;
  createdAt: string;
  updatedAt: string;
};

/** A slice of the matching records in a stable order; `offset` counts from 0. */
export type RecordQuery = { where: Condition | null; offset: number; limit: number };

export type RecordPage = { total: number; rows: RecordRow[] };

/** A membership as SCIM shows it. */
export type MemberRow = { groupId: string; userId: string };

/** What a directory may read: its own records and no others. Ids are stored ids. */
export interface RecordReader {
  findUser(tenantId: string, directoryId: string, id: string): Promise<RecordRow | null>;
  listUsers(tenantId: string, directoryId: string, query: RecordQuery): Promise<RecordPage>;
  findGroup(tenantId: string, directoryId: string, id: string): Promise<RecordRow | null>;
  listGroups(tenantId: string, directoryId: string, query: RecordQuery): Promise<RecordPage>;
  /** The members, whom the directory still holds, of these groups. */
  members(tenantId: string, directoryId: string, groupIds: string[]): Promise<MemberRow[]>;
}
