import type { NewEvent } from '../event.ts';
import type { Policy } from '../policy.ts';
import type { Person, PersonSource } from './person.ts';

/** Writes people; each method is one statement that writes the event as well. */
export interface UserStore {
  /** The person, whoever made them, unless deleted. */
  find(id: string): Promise<Person | null>;
  /** The person if that directory holds a live link to them. */
  findLinked(directoryId: string, id: string): Promise<Person | null>;
  /** Refuses with NOT_UNIQUE naming userName or externalId; throws StaleWrite when the policy has moved on. */
  insert(person: Person, source: PersonSource, event: NewEvent, policy: Policy): Promise<void>;
  /** Writes the person and that one source; `person.version` is the version that was read, and rises by one. */
  save(person: Person, source: PersonSource | null, event: NewEvent, policy: Policy): Promise<void>;
}
