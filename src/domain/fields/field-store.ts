import type { CustomField } from '../../fields/custom-field.ts';
import type { FieldRule } from '../../fields/rule.ts';
import type { NewEvent } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Person, PersonSource } from '../users/person.ts';

/** A field as it becomes; `rule` is null where it stays. `pending`: people have to be computed anew. */
export type FieldChange = { field: CustomField; rule: FieldRule | null; pending: boolean };

/** A person whom a fill changed: the sources it touched, and the event that says so. `version` is the one read. */
export type Filled = { person: Person; sources: PersonSource[]; event: NewEvent };

/** Writes the fields that a tenant added. */
export interface FieldStore {
  /** Writes the field and raises the policy's version; throws StaleWrite when it is not the one given. */
  save(change: FieldChange, policy: Policy, event: NewEvent): Promise<void>;
  /** Stored ids of the fields whose values are still to be computed. */
  pending(): Promise<string[]>;
  /**
   * Those of the `limit` people after `after`, by id, of whom some source says or may say something of the field. Locks
   * them. `next`: the last of the people, null when there are no more.
   */
  lockConcerned(
    field: CustomField,
    after: string | null,
    limit: number,
  ): Promise<{ people: Person[]; next: string | null }>;
  /** Writes those who changed with their events, and the index of the field for all of these people. */
  saveFilled(field: CustomField, people: readonly Person[], changed: readonly Filled[], policy: Policy): Promise<void>;
  /** Records that everyone is computed under that version of the field. */
  markFilled(field: CustomField): Promise<void>;
}
