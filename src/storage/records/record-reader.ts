import type { Condition } from '../../domain/condition.ts';
import type {
  MemberRow,
  RecordKind,
  RecordPage,
  RecordQuery,
  RecordReader,
  RecordRow,
} from '../../domain/directories/record-reader.ts';
import type { Database, Session, Statement } from '../database.ts';
import { pageOf } from '../pages.ts';
import { askShape } from '../shapes.ts';
import { countQuestion, kindsOf, pageQuestion, wholeQuestion } from './page-statement.ts';
import { findGroupRecord, findUserRecord, listMembers } from './record-statements.ts';

/** Directories' records as they sent them. */
export function recordReader(database: Database): RecordReader {
  const run = <Row extends object>(tenantId: string, statement: Statement, values: unknown[]) =>
    database.session(tenantId, (session) => session.run<Row>(statement, [tenantId, ...values]));
  const one = async (tenantId: string, directoryId: string, id: string, statement: Statement) =>
    (await run<RecordRow>(tenantId, statement, [directoryId, id]))[0] ?? null;
  return {
    findUser: (tenantId, directoryId, id) => one(tenantId, directoryId, id, findUserRecord),
    findGroup: (tenantId, directoryId, id) => one(tenantId, directoryId, id, findGroupRecord),
    list: (tenantId, directoryId, query) =>
      database.session(tenantId, (session) => list(session, [tenantId, directoryId], query)),
    members: (tenantId, directoryId, groupIds) => run<MemberRow>(tenantId, listMembers, [directoryId, groupIds]),
  };
}

async function list(session: Session, own: unknown[], query: RecordQuery): Promise<RecordPage> {
  if (query.limit === 0) return { total: await total(session, own, query), rows: [], places: [], more: false };
  const page = await pageFrom(session, own, query);
  if (!query.counted) return { ...page, total: null };
  const offset = 'offset' in query.start ? query.start.offset : 0;
  // The last page says how many there are, unless it is empty because it begins beyond them.
  const isLast = !page.more && (page.rows.length > 0 || offset === 0);
  return { ...page, total: isLast ? offset + page.rows.length : await total(session, own, query) };
}

async function pageFrom(session: Session, own: unknown[], query: RecordQuery): Promise<Omit<RecordPage, 'total'>> {
  const { keyCount, ...question } = pageQuestion(own, query);
  const isUsual = !query.sort && Object.values(query.where).every(isUsualFilter);
  const found = await (isUsual ? askShape<RecordRow>(session, question) : session.ask<RecordRow>(question));
  const { rows, places, hasNext } = pageOf(found, { first: query.limit, after: null, placed: true }, keyCount);
  const records = kindsOf(query).length > 1 ? await wholeRecords(session, own, query, rows) : rows;
  const isReversed = 'before' in query.start;
  return {
    rows: isReversed ? records.reverse() : records,
    places: isReversed ? places.reverse() : places,
    more: hasNext,
  };
}

/** The records of a page of ids of several kinds, in its order; all found a moment ago, but for one that just left. */
async function wholeRecords(session: Session, own: unknown[], query: RecordQuery, page: RecordRow[]) {
  const byId = new Map<string, RecordRow>();
  for (const kind of kindsOf(query)) {
    const ids = page.filter((row) => row.kind === kind).map((row) => row.id);
    if (ids.length === 0) continue;
    const rows = await askShape<RecordRow>(session, wholeQuestion(own, kind, ids, query.withGroups));
    for (const row of rows) byId.set(row.id, row);
  }
  return page.flatMap((row) => byId.get(row.id) ?? []);
}

async function total(session: Session, own: unknown[], query: RecordQuery): Promise<number> {
  let sum = 0;
  for (const [kind, where] of Object.entries(query.where)) {
    const [counted] = await session.ask<{ total: number }>(countQuestion(own, kind as RecordKind, where));
    sum += counted!.total;
  }
  return sum;
}

/** Conditions that clients ask again and again; of the others there are too many shapes to be remembered. */
function isUsualFilter(where: Condition | null): boolean {
  if (where?.kind === 'element') return isUsualFilter(where.where);
  if (where?.kind === 'and') return where.terms.length === 2 && where.terms.every(isEquality);
  return where === null || isEquality(where);
}

const isEquality = (condition: Condition): boolean => condition.kind === 'compare' && condition.op === 'eq';
