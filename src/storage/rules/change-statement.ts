import type { RuleChange } from '../../domain/rules/save-field-rules.ts';
import type { Statement } from '../database.ts';
import { eventColumns, eventParams, eventValues, ownTransaction } from '../events/event-statement.ts';
import { raising } from './raise-policy.ts';

/**
 * The rules, the raised version of the policy, what is to be computed and the event. Where an earlier change is still
 * being computed, this one takes its fields over: everything is computed.
 */
export const saveRules: Statement = {
  name: 'save-rules',
  text: `
with raised as (${raising('fenced_until = null')}, applied_policy_version = $3 as settled
), ruled as (
  insert into field_rules (tenant_id, field, source_of_truth, editable_by, directories, version, updated_at)
  select $1, r.field, r.source_of_truth, r.editable_by, r.directories, r.version, $6::timestamptz
  from raised, jsonb_to_recordset($4::jsonb)
    as r(field text, source_of_truth text, editable_by text[], directories uuid[], version int)
  on conflict (tenant_id, field) do update set source_of_truth = excluded.source_of_truth,
    editable_by = excluded.editable_by, directories = excluded.directories, version = excluded.version,
    updated_at = excluded.updated_at
), noted as (
  insert into rule_changes (tenant_id, version, keys, total, done, users_changed, started_at)
  select $1, raised.version, case when raised.settled then $5::text[] end, 0, 0, 0, $6::timestamptz from raised
), logged as (
  insert into events (tenant_id, ${eventColumns.join(', ')}) select $1, ${eventParams(6)} from raised
)
select version, ${ownTransaction} from raised`,
};

/** The values of `saveRules` after the tenant and the version that must stand. */
export const changeValues = ({ rules, keys, before, event }: RuleChange): unknown[] => [
  before.version,
  JSON.stringify(
    [...rules].map(([field, { sourceOfTruth, editableBy, directories, version }]) => ({
      field,
      source_of_truth: sourceOfTruth,
      editable_by: editableBy,
      directories,
      version,
    })),
  ),
  keys,
  ...eventValues(event),
];
