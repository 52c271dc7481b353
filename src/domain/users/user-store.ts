import type { NewEvent } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Person, PersonSource } from './person.ts';

/** Writes people; each method is one statement that writes the event as well. */
export interface UserStore {
  /** The person, whoever made them, unless deleted. */
  find(id: string): Promise<Person | null>;
  /** Those of these people who are not deleted. */
  findAll(ids: string[]): Promise<Person[]>;
  /** The person, with that directory's groups of theirs, if it holds a live link to them. */
  findLinked(directoryId: string, id: string): Promise<Person | null>;
  /** Stored id of the person whom a reference means, as `UserReader.referred` finds them; null: nobody. */
  referred(reference: string): Promise<string | null>;
  /** Whom disconnected directories called that; nobody where an admin said whom this directory means by it. */
  findLeft(directoryId: string, externalId: string): Promise<Person[]>;
  /** People whom that directory let go and who stayed: of that externalId, or of that userName where there is none. */
  findKept(directoryId: string, externalId: string | null, userName: string): Promise<Person[]>;
  /** People with that e-mail address that counts, at most two. */
  findByEmail(email: string): Promise<Person[]>;
  /** The person with that userName, if any. */
  findByUserName(userName: string): Promise<Person[]>;
  /** Those of these people who wait for a group, locked. */
  findWaitingForGroup(ids: readonly string[]): Promise<Person[]>;
  /** Removes the person and what is known of them, and notes that. */
  erase(person: Person, event: NewEvent): Promise<void>;
  /** True of a person with power over the hub itself. */
  isPrivileged(id: string): Promise<boolean>;
  /** True when a person other than that one has the userName. */
  isNameTaken(userName: string, exceptId: string): Promise<boolean>;
  /**
   * Refuses with NOT_UNIQUE naming userName or externalId; throws StaleWrite when the policy has moved on. Where an admin
   * said whom the directory means by the externalId, writes nothing and returns that person's id.
   */
  insert(person: Person, source: PersonSource, event: NewEvent, policy: Policy): Promise<string | null>;
  /** Writes the person and that one source; `person.version` is the version that was read, and rises by one. */
  save(person: Person, source: PersonSource | null, event: NewEvent, policy: Policy): Promise<void>;
  /** Ends whatever ties directories have to a person who is gone, so that nothing is left to come back by. */
  endLinks(id: string, at: string): Promise<void>;
}
