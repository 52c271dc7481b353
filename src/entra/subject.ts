import type { Group, Person } from './directory.ts';
import type { Session } from './session.ts';
import type { GroupLink, UserLink } from './state.ts';
import { groupBody, groupTarget, personTarget, type Target, userBody } from './target.ts';

/** A person or group on its way to the server: where it lives there, what it shall be and how its link is kept. */
export interface Subject {
  kind: 'User' | 'Group';
  objectId: string;
  target: Target;
  /** Query of every read, starting with `?`, or empty. */
  readQuery: string;
  matchOn: readonly string[];
  /** False for disabled people: Entra never creates them (entra.md B36). */
  mayCreate: boolean;
  body(): Record<string, unknown>;
  link(): UserLink | GroupLink | undefined;
  keep(id: string): void;
}

/** A person as a subject. */
export function personSubject(session: Session, person: Person): Subject {
  const target = personTarget(person, session.mapping);
  const links = session.state.users;
  return {
    kind: 'User',
    objectId: person.id,
    target,
    readQuery: '',
    matchOn: session.matchOn,
    mayCreate: person.accountEnabled,
    body: () => userBody(target),
    link: () => links[person.id],
    keep: (id) => {
      links[person.id] = { id };
    },
  };
}

/** A group as a subject; its members are never read (entra.md C3, C12). */
export function groupSubject(session: Session, group: Group): Subject {
  const target = groupTarget(group);
  const links = session.state.groups;
  return {
    kind: 'Group',
    objectId: group.id,
    target,
    readQuery: '?excludedAttributes=members',
    matchOn: ['displayName'],
    mayCreate: true,
    body: () => groupBody(target),
    link: () => links[group.id],
    keep: (id) => {
      links[group.id] = { id, members: {} };
    },
  };
}
