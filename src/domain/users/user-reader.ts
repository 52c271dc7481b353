import type { CustomField } from '../../fields/custom-field.ts';
import type { UserFieldKey } from '../../fields/user.fields.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Page, Slice } from '../page.ts';
import type { DirectoryState } from '../policy.ts';
import type { Person, UserKind, UserStatus, WaitsFor } from './person.ts';
import type { UserCondition } from './user-condition.ts';

/** What of a person can be read without a field's history. */
export type UserColumn =
  | 'version'
  | 'kind'
  | 'status'
  | 'statusAt'
  | 'visible'
  | 'waitsFor'
  | 'loginId'
  | 'userName'
  | 'createdAt'
  | 'updatedAt'
  | 'custom'
  | 'country'
  | UserFieldKey;

/** A person as far as it was asked for; `id` is the stored id. */
export type UserRow = { id: string } & Partial<
  { waitsFor: WaitsFor | null; loginId: string | null } & {
    version: number;
    kind: UserKind;
    status: UserStatus;
    statusAt: string;
    visible: boolean;
    userName: string;
  } & {
    createdAt: string;
    updatedAt: string;
    custom: JsonObject | null;
    /** The country of their address, as it was given. */
    country: string | null;
  } & Record<UserFieldKey, Json>
>;

/** Whom a caller may see among all people. */
export type Sight = { hidden: boolean; deleted: boolean };

export type UserOrderField = 'CREATED_AT' | 'UPDATED_AT' | 'DISPLAY_NAME' | 'USER_NAME';
export type UserOrder = { field: UserOrderField; descending: boolean };

/** An order by the values of a custom field; people without one come last. */
export type CustomOrder = { by: CustomField; descending: boolean };

/** A list of people; without an order the oldest come first. */
export type UserQuery = {
  slice: Slice;
  where: UserCondition | null;
  order: readonly UserOrder[] | CustomOrder;
  columns: readonly UserColumn[];
  sight: Sight;
};

/** What names one person; `directoryId` is a stored id. */
export type UserName =
  | { by: 'userName' | 'email'; text: string }
  | { by: 'externalId'; externalId: string; directoryId: string };

/** The tie of a person to a directory that still holds them. */
export type LinkRow = {
  userId: string;
  directoryId: string;
  state: DirectoryState;
  externalId: string | null;
  linkedAt: string;
};

/** Reads people. Lists that belong to several owners come as one page for each, in the order of the owners. */
export interface UserReader {
  byIds(tenantId: string, ids: readonly string[], columns: readonly UserColumn[], sight: Sight): Promise<UserRow[]>;
  byName(tenantId: string, name: UserName, columns: readonly UserColumn[], sight: Sight): Promise<UserRow | null>;
  list(tenantId: string, query: UserQuery): Promise<Page<UserRow>>;
  count(tenantId: string, where: UserCondition | null, sight: Sight): Promise<number>;
  /** Members of each team: those added by hand and those whom a directory group puts there, by age of the person. */
  members(
    tenantId: string,
    teamIds: readonly string[],
    slice: Slice,
    columns: readonly UserColumn[],
    limit: number,
  ): Promise<Page<UserRow>[]>;
  /** The people whom these texts mean: a wire id, else an externalId of a live directory, else a userName. */
  referred(
    tenantId: string,
    texts: readonly string[],
    columns: readonly UserColumn[],
    sight: Sight,
  ): Promise<(UserRow | null)[]>;
  links(tenantId: string, ids: readonly string[]): Promise<LinkRow[]>;
  /** People with everything that any source says of them. */
  people(tenantId: string, ids: readonly string[], sight: Sight): Promise<Person[]>;
}
