import { setTimeout as pause } from 'node:timers/promises';
import type { DirectoryPolicy } from '../../domain/directories/directory-policy.ts';
import { StaleWrite } from '../../domain/errors.ts';
import type { DirectoryState, Policy } from '../../domain/policy.ts';
import { type Preset, policyOver } from '../../domain/presets/presets.ts';
import type { RoleRule } from '../../domain/roles/role.ts';
import type { CustomField, CustomFieldType } from '../../fields/custom-field.ts';
import { fieldTable } from '../../fields/field-table.ts';
import type { Editor, FieldRule, SourceOfTruth } from '../../fields/rule.ts';
import type { Session, Statement } from '../database.ts';
import { listRoleRules } from '../roles/role-statements.ts';
import { breakFence } from './fence-statements.ts';

const FENCE_POLL_MS = 4;

const select: Statement = {
  name: 'read-policy',
  text: `
select t.policy_version as version, t.seat_limit as "seatLimit", t.fenced_until is not null as fenced,
  (select coalesce(jsonb_agg(jsonb_build_object('id', d.id, 'state', d.state, 'preset', d.preset, 'policy', d.policy, 'groupsSent', d.groups_sent)), '[]')
    from directories d where d.tenant_id = t.id) as directories,
  (select coalesce(jsonb_agg(r), '[]') from field_rules r where r.tenant_id = t.id) as rules,
  (${listRoleRules}) as "roleRules",
  (select coalesce(jsonb_agg(f order by f.id), '[]') from custom_fields f where f.tenant_id = t.id) as fields
from tenants t where t.id = $1`,
};

type Row = {
  version: number;
  seatLimit: number | null;
  fenced: boolean;
  directories: DirectoryRow[];
  rules: RuleRow[];
  fields: FieldRow[];
  roleRules: RoleRule[];
};
type DirectoryRow = {
  id: string;
  state: DirectoryState;
  preset: Preset;
  policy: Partial<DirectoryPolicy>;
  groupsSent: boolean;
};
type RuleRow = {
  field: string;
  source_of_truth: SourceOfTruth;
  editable_by: Editor[];
  directories: string[];
  version: number;
};

type FieldRow = {
  id: string;
  key: string;
  label: string;
  type: CustomFieldType;
  scim_path: string | null;
  sensitive: boolean;
  version: number;
  retired_at: string | null;
};

const fieldOf = ({ scim_path: scim, retired_at: retiredAt, ...row }: FieldRow): CustomField => ({
  id: row.id,
  key: row.key,
  type: row.type,
  label: row.label,
  about: row.label,
  ...(scim !== null && { scim }),
  multiValued: false,
  sensitive: row.sensitive,
  version: row.version,
  retiredAt,
});

/** The policy of the session's tenant as it stands; behind a fence, once that is gone. */
export async function readPolicy(session: Session, tenantId: string): Promise<Policy> {
  let row = await readRow(session, tenantId);
  while (row.fenced) {
    // One that its maker did not come back to is broken here, which raises the version: that maker then writes nothing.
    await session.run(breakFence, [tenantId]);
    await pause(FENCE_POLL_MS);
    row = await readRow(session, tenantId);
  }
  const rules = new Map<string, FieldRule>();
  for (const rule of row.rules) {
    rules.set(rule.field, {
      sourceOfTruth: rule.source_of_truth,
      editableBy: rule.editable_by,
      directories: rule.directories,
      version: rule.version,
    });
  }
  const fields = fieldTable(row.fields.map(fieldOf));
  const directories = new Map(
    row.directories.map(({ id, state, preset, policy, groupsSent }) => [
      id,
      { state, policy: policyOver(preset, policy), groupsSent },
    ]),
  );
  const disconnected = new Set(row.directories.filter(({ state }) => state === 'DISCONNECTED').map(({ id }) => id));
  return {
    version: row.version,
    rules,
    directories,
    disconnected,
    seatLimit: row.seatLimit,
    roleRules: row.roleRules,
    fields,
  };
}

async function readRow(session: Session, tenantId: string): Promise<Row> {
  const [row] = await session.run<Row>(select, [tenantId]);
  // A shadow that was removed a moment ago: whoever asks again is led elsewhere.
  if (!row) throw new StaleWrite();
  return row;
}
