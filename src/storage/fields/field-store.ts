import { StaleWrite } from '../../domain/errors.ts';
import type { FieldStore, Filled } from '../../domain/fields/field-store.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Person } from '../../domain/users/person.ts';
import type { CustomField } from '../../fields/custom-field.ts';
import { customPath } from '../../fields/scim-path.ts';
import type { Session } from '../database.ts';
import { eventValues, insertEvent } from '../events/event-statement.ts';
import { raisePolicyOnly } from '../rules/raise-policy.ts';
import { type PersonRow, personOf, sourceId } from '../users/person-rows.ts';
import { customColumn } from '../users/user-columns.ts';
import {
  findConcerned,
  listPending,
  lockPeople,
  markFilled,
  putField,
  putRule,
  readPeople,
  saveFilled,
} from './field-statements.ts';
import { indexKey } from './index-key.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The fields that a tenant added, through one session. */
export const fieldStore = (session: Session, tenantId: string, policy: () => Policy): FieldStore => ({
  async save({ field, rule, pending }, { version }, event) {
    // A field's own values are watched over by its `pending`.
    const raised = await session.run(raisePolicyOnly, [tenantId, version]);
    if (raised.length === 0) throw new StaleWrite();
    const { id, key, label, type, scim = null, sensitive, retiredAt } = field;
    const values = [tenantId, id, key, label, type, scim, sensitive, field.version, pending, event.at, retiredAt];
    await session.run(putField, values);
    if (rule) {
      const { sourceOfTruth, editableBy, directories } = rule;
      await session.run(putRule, [tenantId, key, sourceOfTruth, editableBy, directories, rule.version, event.at]);
    }
    await session.run(insertEvent, [tenantId, ...eventValues(event)]);
  },
  pending: async () => (await session.run<{ id: string }>(listPending, [tenantId])).map(({ id }) => id),
  async lockConcerned({ key, scim }, after, limit) {
    const { schema, name } = scim === undefined ? { schema: null, name: null } : customPath(scim.toLowerCase());
    const values = [tenantId, after ?? FIRST, key, schema, name, limit];
    const [found] = await session.run<{ examined: number; last: string; ids: string[] }>(findConcerned, values);
    const { examined, last, ids } = found!;
    const next = examined < limit ? null : last;
    if (ids.length === 0) return { people: [], next };
    const locked = await session.run<{ id: string }>(lockPeople, [tenantId, ids]);
    const rows = await session.run<PersonRow>(readPeople, [tenantId, locked.map(({ id }) => id)]);
    return { people: rows.map((row) => personOf(row, policy())), next };
  },
  async saveFilled(field, people, changed, { version }) {
    const values = [...changedValues(tenantId, version, changed), ...indexValues(field, people)];
    const [row] = await session.run<{ written: number }>(saveFilled, values);
    if (row!.written !== changed.length) throw new StaleWrite();
  },
  async markFilled({ id, version }) {
    await session.run(markFilled, [tenantId, id, version]);
  },
});

function changedValues(tenantId: string, version: number, changed: readonly Filled[]): unknown[] {
  const { at, actor, requestId } = changed[0]?.event ?? { at: new Date(0).toISOString(), actor: '', requestId: null };
  const sources = changed.flatMap(({ person, sources }) => sources.map((source) => ({ person, source })));
  return [
    ...[tenantId, version, at, actor, requestId],
    changed.map(({ person }) => person.id),
    changed.map(({ person }) => person.version),
    changed.map(({ person }) => customColumn(person)),
    changed.map(({ event }) => JSON.stringify(event.changes)),
    sources.map(({ person }) => person.id),
    sources.map(({ source }) => sourceId(source)),
    sources.map(({ source }) => JSON.stringify(source.asserted)),
    sources.map(({ source }) => JSON.stringify(source.writes)),
  ];
}

function indexValues(field: CustomField, people: readonly Person[]): unknown[] {
  const heldBy = ({ values }: Person) => values[field.key] ?? null;
  const having = people.filter((person) => heldBy(person) !== null);
  return [
    field.id,
    people.filter((person) => heldBy(person) === null).map(({ id }) => id),
    having.map(({ id }) => id),
    having.map((person) => indexKey(field, heldBy(person))),
  ];
}
