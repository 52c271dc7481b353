import { ScimFault } from '../faults.ts';

/** What a client demands of the version that stands: the headers as they came (RFC 7644 §3.14, RFC 9110 §13.1). */
export type Precondition = { readonly ifMatch: string | undefined; readonly ifNoneMatch: string | undefined };

/** A write that demands nothing, as every write of Entra's does (entra.md G, 412). */
export const unconditional: Precondition = { ifMatch: undefined, ifNoneMatch: undefined };

/** True when the condition has to be looked at before a write. */
export const isConditional = ({ ifMatch, ifNoneMatch }: Precondition): boolean =>
  ifMatch !== undefined || ifNoneMatch !== undefined;

/** Refuses with 412 unless the entity tag that stands is the one demanded. */
export function demandMatch(etag: string, { ifMatch, ifNoneMatch }: Precondition): void {
  const missed = ifMatch !== undefined && !names(ifMatch, etag);
  if (missed || isUnchanged(etag, ifNoneMatch)) {
    throw new ScimFault(412, null, `The resource has the version ${etag}, which is not the one that was asked for.`);
  }
}

/** True when a client that asks with `If-None-Match` has the current version already. */
export const isUnchanged = (etag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch !== undefined && names(ifNoneMatch, etag);

/** Whether a list of entity tags names this one. Tags are compared weakly; one without quotes is taken for what it means. */
function names(list: string, etag: string): boolean {
  return list.trim() === '*' || list.split(',').some((one) => opaque(one) === opaque(etag));
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//i, '').replaceAll('"', '');
