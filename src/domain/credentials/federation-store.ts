import { type HubError, invalid, refuse } from '../errors.ts';
import type { NewEvent } from '../event.ts';

/** Whose assertions a directory believes (entra.md A15). */
export type Trust = {
  /** Id of the Entra tenant, from which issuer and keys follow. */
  tenantId: string;
  /** The `aud` of its assertions: `api://` and the application id. */
  audience: string;
  /** Their `sub`: object id of the service principal that provisions. */
  subject: string;
};

/** A directory's trust as it is kept. */
export type Federation = Trust & {
  directoryId: string;
  createdBy: string;
  createdAt: string;
  lastUsedAt: string | null;
};

export interface FederationStore {
  find(directoryId: string): Promise<Federation | null>;
  /** Sets or replaces the directory's trust. */
  save(federation: Federation, event: NewEvent): Promise<void>;
  remove(directoryId: string, event: NewEvent): Promise<void>;
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AUDIENCE = /^api:\/\/[\x21-\x7e]{1,240}$/;

/** True for a GUID in lower case. */
export const isGuid = (text: unknown): text is string => typeof text === 'string' && GUID.test(text);

/** True for what can be an audience: `api://` and visible ASCII, or an application id alone. */
export const isAudience = (text: unknown): text is string =>
  typeof text === 'string' && (AUDIENCE.test(text) || GUID.test(text));

/** The trust with its ids in lower case; refuses what cannot be one, naming each argument. */
export function readTrust({ tenantId, audience, subject }: Trust): Trust {
  const trust = {
    tenantId: tenantId.trim().toLowerCase(),
    // Entra shows the scope that the assertion is asked for with; its audience is what stands before.
    audience: audience.trim().replace(/\/\.default$/, ''),
    subject: subject.trim().toLowerCase(),
  };
  const problems: HubError[] = [];
  if (!isGuid(trust.tenantId))
    problems.push(invalid(['federation', 'tenantId'], 'tenantId must be the GUID of the Entra tenant.'));
  if (!isAudience(trust.audience))
    problems.push(invalid(['federation', 'audience'], 'audience must be api:// and the application id.'));
  if (!isGuid(trust.subject))
    problems.push(
      invalid(['federation', 'subject'], 'subject must be the object id of the service principal, a GUID.'),
    );
  refuse(problems);
  return trust;
}

/** One text for the whole trust, by which it is found before any tenant is known; none of it is secret. */
export const trustKeyOf = ({ tenantId, audience, subject }: Trust): string => `${tenantId} ${subject} ${audience}`;
