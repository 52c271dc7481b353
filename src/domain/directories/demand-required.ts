import { isBesideFields, writtenPath } from '../../fields/written-path.ts';
import type { Context } from '../command.ts';
import { HubError, refuse } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { directoryPolicy } from '../policy.ts';
import { type PersonSource, saidBy } from '../users/person.ts';

/** What a directory says of a person: the record, and its values by field key. */
type Said = { readonly resource: JsonObject; readonly values: Readonly<Record<string, Json>> };

/** Refuses a whole record that lacks what an admin requires of the calling directory (seeds SE8). */
export const demandRequired = (context: Context, said: Said): void => refuse(lacking(context, said));

/**
 * Refuses a change that takes away what is required. Who has lacked it all along, since it was not required when they
 * came, can be changed in everything else.
 */
export function demandRequiredKept(context: Context, source: PersonSource, said: Said): void {
  const lacks = lacking(context, said);
  if (lacks.length === 0) return;
  const before = { resource: source.link!.resource, values: saidBy(source) };
  const lacked = new Set(lacking(context, before).map(({ message }) => message));
  refuse(lacks.filter(({ message }) => !lacked.has(message)));
}

function lacking({ policy, actor }: Context, { resource, values }: Said): HubError[] {
  const { requiredFields } = directoryPolicy(policy, actor.directoryId!);
  return requiredFields
    .filter((key) => isNothing(isBesideFields(key) ? resource[key] : values[key]))
    .map((key) => writtenPath(key, policy.fields.fields))
    .filter((path) => path !== null)
    .map((path) => new HubError('REQUIRED', `${path} is required.`, { path: [path] }));
}

const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
