import { HubError } from '../errors.ts';
import { demandIndexable } from '../indexable.ts';
import type { Json, JsonObject } from '../json.ts';

/** A person as one directory sends them: what the hub must know, field values by key, and the record itself. */
export type UserRecord = {
  userName: string;
  externalId: string | null;
  active: boolean;
  /** Values by field key; a field that the record does not speak of is absent, one that it clears is null. */
  values: Record<string, Json>;
  /** The whole record in the directory's language, without id and meta; read back as it is. */
  resource: JsonObject;
};

/** A group as one directory sends it, without its members. */
export type GroupRecord = {
  displayName: string;
  externalId: string | null;
  /** The whole record without id, meta and members; read back as it is. */
  resource: JsonObject;
};

/** Refuses a person without a name, and names that are too long to be found again. */
export function demandUserNames({ userName, externalId }: UserRecord): void {
  if (userName.trim() === '') throw nameless();
  demandIndexable('userName', userName);
  demandIndexable('externalId', externalId);
}

const nameless = () =>
  new HubError('REQUIRED', 'userName is required of somebody with neither an e-mail address nor an externalId.', {
    path: ['userName'],
  });

/** As `demandUserNames`, for a group. */
export function demandGroupNames({ displayName, externalId }: GroupRecord): void {
  demandIndexable('displayName', displayName);
  demandIndexable('externalId', externalId);
}

/** True when the record says that the person is not active; null says so too, of one whose `active` was cleared while disabled. */
export const isInactive = (resource: JsonObject): boolean => resource.active === false || resource.active === null;
