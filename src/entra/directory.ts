import type { PersonText } from './mapping.ts';

/** One person in Entra. `id` is the object id; `manager` is another person's `id`; `appRoles` are app role values. */
export type Person = {
  id: string;
  userPrincipalName: string;
  accountEnabled: boolean;
  manager?: string;
  appRoles?: string[];
} & { [name in PersonText]?: string };

/** What an edit sets: any attribute of a person but the id; null empties it in Entra. */
type PersonEdit = { [name in Exclude<keyof Person, 'id' | 'accountEnabled'>]?: Person[name] | null };

/** One security group in Entra. `members` are ids of people; nested groups do not exist for Entra (entra.md C16). */
export interface Group {
  id: string;
  displayName: string;
  members: string[];
}

/** One thing that happens in Entra. People and groups are named by id. */
export type Happening =
  | { do: 'hire'; person: Person }
  | { do: 'edit'; person: string; set: PersonEdit }
  | { do: 'disable' | 'restore' | 'delete'; person: string }
  | { do: 'create-group'; group: Group }
  | { do: 'rename-group'; group: string; displayName: string }
  | { do: 'add-member' | 'remove-member'; group: string; person: string }
  | { do: 'delete-group'; group: string };

/** What happens before the given cycle (1 is the initial one). */
export type Change = { cycle: number } & Happening;

/**
 * A whole directory, and the format of a directory file:
 *
 *     { "people": [{ "id": "…", "userPrincipalName": "ada@example.com", "accountEnabled": true, "department": "…" }],
 *       "groups": [{ "id": "…", "displayName": "Sales", "members": ["…"] }],
 *       "scenarios": { "summer": [{ "cycle": 2, "do": "disable", "person": "…" }] } }
 *
 * Without a chosen scenario nothing changes from cycle to cycle.
 */
export interface Directory {
  people: Person[];
  groups: Group[];
  scenarios?: Record<string, Change[]>;
}
