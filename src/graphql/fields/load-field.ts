import { uuidOf } from '../../domain/ids.ts';
import type { RequestContext } from '../request-context.ts';
import { type DefinitionRow, definitionRow } from './field-rows.ts';

/** The field of that id, retired ones too: a standard one by its key, the tenant's own by its stored id. */
export async function loadField(context: RequestContext, id: string): Promise<DefinitionRow | null> {
  const policy = await context.policy();
  const { fields } = policy;
  const uuid = uuidOf('fld', id);
  const own = [...fields.custom, ...fields.retired].find((field) => field.id === uuid);
  if (own) return definitionRow(policy, own.key);
  const key = id.slice('fld_'.length);
  return Object.hasOwn(fields.fields, key) && !('id' in fields.fields[key]!) ? definitionRow(policy, key) : null;
}
