import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import { sameJson } from '../json.ts';
import { directoryPolicy } from '../policy.ts';
import type { Link } from '../users/person.ts';
import type { UserRecord } from './record.ts';

const told = {
  allowCreate: 'may not create anything',
  allowUpdate: 'may not update anything',
  allowDeactivate: 'may not deactivate anybody',
  allowDelete: 'may not delete anything',
};

/** Refuses what an admin has not left to the calling directory (seeds C6). */
export function demandAllowed({ policy, actor }: Context, operation: keyof typeof told): void {
  if (directoryPolicy(policy, actor.directoryId!)[operation]) return;
  throw new HubError('NOT_ALLOWED', `${actor.label} ${told[operation]} here: ${operation} is off.`, {
    policyBound: true,
  });
}

/** As `demandAllowed` for a changed record: to disable somebody is one thing, to change them another. */
export function demandChangeAllowed(
  context: Context,
  link: Link,
  record: Pick<UserRecord, 'active' | 'resource'>,
): void {
  const isDisabled = link.active && !record.active;
  if (isDisabled) demandAllowed(context, 'allowDeactivate');
  const active = link.resource.active ?? null;
  const changesMore = !isDisabled || !sameJson({ ...record.resource, active }, { ...link.resource, active });
  if (changesMore) demandAllowed(context, 'allowUpdate');
}
