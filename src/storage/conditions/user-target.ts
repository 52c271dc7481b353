import type { Condition } from '../../domain/condition.ts';
import { fold } from '../../domain/key.ts';
import { emailKey } from '../users/user-columns.ts';
import {
  booleanColumn,
  type ColumnTest,
  exactColumn,
  idColumn,
  keyColumn,
  nameOf,
  namespaceColumn,
  timeColumn,
} from './columns.ts';
import { compile, inRecord, type Target } from './compile.ts';
import type { Fragments } from './fragment.ts';
import { groupColumns, groupOfUserTarget, someGroup } from './group-of-user.ts';
import { userTag } from './tags.ts';

const RECORD = 's.resource';

const columns: Record<string, ColumnTest> = {
  id: idColumn('s.user_id', 'usr'),
  userName: keyColumn('s.user_name_key'),
  externalId: exactColumn('s.external_id'),
  active: booleanColumn('s.active'),
  'meta.created': timeColumn('s.linked_at'),
  'meta.lastModified': timeColumn('u.updated_at'),
  'meta.version': exactColumn(userTag),
  schemas: namespaceColumn(RECORD),
  ...groupColumns,
};

/** A directory's people: `s` is their link, `u` the person. */
export const userTarget: Target = {
  record: RECORD,
  column(attribute, condition, sql) {
    const name = nameOf(attribute);
    if (name === 'emails.value' && condition !== 'present' && condition.op === 'eq') {
      return byEmail(String(condition.value), inRecord(condition, RECORD, sql), sql);
    }
    return Object.hasOwn(columns, name) ? columns[name]!(condition, sql) : null;
  },
  element(attribute, where, sql) {
    if (nameOf(attribute) === 'groups') return someGroup(compile(where, groupOfUserTarget, sql));
    const address = nameOf(attribute) === 'emails' ? workAddress(where) : null;
    if (address === null) return null;
    const anywhere = compile({ kind: 'element', attribute, where }, { record: RECORD, column: () => null }, sql);
    return byEmail(address, anywhere, sql);
  },
};

/**
 * Entra matches people by e-mail (entra.md B3): the work address has an index of its own, and only records with further
 * addresses are looked into.
 */
function byEmail(address: string, inRecord: string, sql: Fragments): string {
  if (emailKey(address) !== fold(address)) return inRecord;
  return `(s.email_key = ${sql.bind(fold(address), 'text')} or (s.has_more_emails and ${inRecord}))`;
}

/** The address in `emails[type eq "work" and value eq "…"]`. */
function workAddress(where: Condition): string | null {
  if (where.kind !== 'and' || where.terms.length !== 2) return null;
  const equal = new Map<string, string>();
  for (const term of where.terms) {
    if (term.kind !== 'compare' || term.op !== 'eq' || typeof term.value !== 'string') return null;
    equal.set(nameOf(term.attribute), term.value);
  }
  return equal.get('type')?.toLowerCase() === 'work' ? (equal.get('value') ?? null) : null;
}
