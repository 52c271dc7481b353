import type { Condition } from '../../domain/condition.ts';
import type {
  MemberRow,
  RecordPage,
  RecordQuery,
  RecordReader,
  RecordRow,
} from '../../domain/directories/record-reader.ts';
import { compile, type Target } from '../conditions/compile.ts';
import { Fragments } from '../conditions/fragment.ts';
import { groupTarget } from '../conditions/group-target.ts';
import { userTarget } from '../conditions/user-target.ts';
import type { Database, Statement } from '../database.ts';
import { askShape } from '../shapes.ts';
import {
  findGroupRecord,
  findUserRecord,
  groupRecords,
  listMembers,
  type Records,
  userRecords,
} from './record-statements.ts';

/** Directories' records as they sent them. */
export function recordReader(database: Database): RecordReader {
  const one = (tenantId: string, directoryId: string, id: string, statement: Statement) =>
    database.session(tenantId, async (session) => {
      const [row] = await session.run<RecordRow>(statement, [tenantId, directoryId, id]);
      return row ?? null;
    });
  const page = (tenantId: string, directoryId: string, query: RecordQuery, records: Records, target: Target) =>
    database.session(tenantId, async (session): Promise<RecordPage> => {
      const sql = new Fragments([tenantId, directoryId]);
      const where = query.where ? `and ${compile(query.where, target, sql)}` : '';
      const count = { text: records.count(where), values: [...sql.values] };
      const list = { text: records.list(where, sql.bind(query.limit), sql.bind(query.offset)), values: sql.values };
      if (query.limit === 0) return { total: await total(session.ask(count)), rows: [] };
      const rows = await (isUsual(query.where) ? askShape<RecordRow>(session, list) : session.ask<RecordRow>(list));
      const isWhole = rows.length < query.limit && (rows.length > 0 || query.offset === 0);
      return { total: isWhole ? query.offset + rows.length : await total(session.ask(count)), rows };
    });
  return {
    findUser: (tenantId, directoryId, id) => one(tenantId, directoryId, id, findUserRecord),
    findGroup: (tenantId, directoryId, id) => one(tenantId, directoryId, id, findGroupRecord),
    listUsers: (tenantId, directoryId, query) => page(tenantId, directoryId, query, userRecords, userTarget),
    listGroups: (tenantId, directoryId, query) => page(tenantId, directoryId, query, groupRecords, groupTarget),
    members: (tenantId, directoryId, groupIds) =>
      database.session(tenantId, (session) => session.run<MemberRow>(listMembers, [tenantId, directoryId, groupIds])),
  };
}

/** Conditions that clients ask again and again; of the others there are too many shapes to be remembered. */
function isUsual(where: Condition | null): boolean {
  if (where?.kind === 'element') return isUsual(where.where);
  if (where?.kind === 'and') return where.terms.length === 2 && where.terms.every(isEquality);
  return where === null || isEquality(where);
}

const isEquality = (condition: Condition): boolean => condition.kind === 'compare' && condition.op === 'eq';

const total = async (counted: Promise<{ total: number }[]>): Promise<number> => (await counted)[0]!.total;
