import { choice, flag, number, optionalNumber, type Switch, type SwitchValue, text, texts } from './switch.ts';

const DAY_SECONDS = 86_400;

/** Everything an admin decides about one directory. What a product documents of itself is a set of these values. */
export const switches = {
  groups: choice('GroupMode', 'What becomes of the groups that the directory sends.', {
    TEAM_PER_GROUP: 'Each group makes a team of its own.',
    CENTRAL_TEAM: 'Everybody is in one team; groups are kept and make none.',
    OFF: 'The directory is told that there are no groups.',
  }),
  usersOnlyTeam: flag(
    'Whether people are in the central team as long as the directory has sent no group; without effect where a group is what lets people in.',
  ),
  centralTeamName: text('Name of the central team when it is made; it can be renamed.'),
  emptyGroups: choice('EmptyGroups', 'When a group makes its team.', {
    CREATE: 'At once.',
    DEFER: 'When its first member comes.',
  }),
  onGroupDelete: choice('OnGroupDelete', 'What becomes of the team of a group that is deleted.', {
    DELETE_TEAM: 'It goes too; the people stay.',
    KEEP_AS_MANUAL: 'It stays with its people, as a team made by hand.',
  }),
  stakeholderTeams: flag('Whether a group of stakeholders alone makes a team.'),
  onDeactivate: choice('OnDeactivate', 'What becomes of a person whom the directory disables.', {
    DEACTIVATE: 'They lose access.',
    HIDE: 'They lose access and are left out of every list that does not ask for hidden people.',
  }),
  onDelete: choice('OnDelete', 'What becomes of a person whom the directory deletes.', {
    DELETE: 'They are deleted, and can be restored for 30 days.',
    DEACTIVATE: 'They are gone for the directory; here they stay, deactivated.',
    HIDE: 'As DEACTIVATE, and they are hidden.',
  }),
  removeAfterDeactivatedDays: optionalNumber(
    'After how many days a person whom the directory disabled is deleted; null: never.',
    1,
    3650,
  ),
  membershipGate: flag('Whether people wait, staged, until the directory puts them into a group.'),
  onLastGroupLost: choice('OnLastGroupLost', 'What becomes of a person who is in no group of the directory any more.', {
    KEEP: 'Nothing.',
    DEACTIVATE: 'They are deactivated.',
    REMOVE: 'They are deleted.',
  }),
  gateGraceSeconds: number(
    'How long people may wait for their first group, or be without one on the way from group to group, in seconds.',
    0,
    90 * DAY_SECONDS,
  ),
  roleGate: texts(
    'App roles of which a person needs one; who has none is staged. * stands for any but the default one. Empty: no gate.',
  ),
  adopt: choice('Adopt', 'What happens when the directory sends a person whose e-mail somebody here has.', {
    NEVER: 'They are two people.',
    BY_EMAIL: 'They are one: the directory is linked to the person who is there.',
    ASK: 'An admin decides.',
  }),
  adoptDomains: texts('E-mail domains in which people are adopted; empty: in any.'),
  onSeatsFull: choice('OnSeatsFull', 'What happens to a person for whom no seat is left.', {
    SKIP: 'They are refused, which Entra counts as a failure.',
    PARK: 'They wait, the oldest first, until a seat is free.',
    ALLOW: 'They get one beyond the limit.',
  }),
  invite: flag('Whether a new person is sent an invitation, which they must follow to become active.'),
  loginId: choice('LoginId', 'By what a person signs in.', {
    EMAIL: 'By the e-mail address that they had when they came.',
    USERNAME: 'By the userName.',
    EXTERNAL_ID: 'By the externalId, which is the object id in Entra.',
  }),
  requiredFields: texts('Keys of the fields without which a person is refused.'),
  filterableFields: texts('Keys of the fields that the directory may filter people by; empty: all.'),
  unknownAttributes: choice(
    'UnknownAttributes',
    'What happens to an attribute that no schema of the directory lists.',
    {
      IGNORE: 'It is kept as it was sent, and nothing is made of it until it is mapped.',
      REFUSE: 'The request is refused.',
    },
  ),
  checkTimeZones: flag('Whether a time zone that is none is refused, whatever its case; otherwise it is kept as sent.'),
  allowCreate: flag('Whether the directory may make people and groups.'),
  allowUpdate: flag('Whether it may change them.'),
  allowDeactivate: flag('Whether it may disable people.'),
  allowDelete: flag('Whether it may delete people and groups.'),
  brakePercent: number(
    'The brake trips when more than so many percent of the active people would go in an hour.',
    1,
    100,
  ),
  brakeMinimum: number('It never trips for so many people or fewer.', 0, 1_000_000),
  brakeCreatesPerRun: optionalNumber(
    'How many people a run may make before the brake trips; null: any number.',
    1,
    10_000_000,
  ),
  wordForUser: text('What a person is called, such as Host.'),
  wordForUsers: text('What several are called.'),
  wordForGroup: text('What a group is called.'),
  wordForGroups: text('What several are called.'),
} as const satisfies Record<string, Switch>;

type Switches = typeof switches;
export type SwitchName = keyof Switches;

/** What an admin decided about one directory. */
export type DirectoryPolicy = { readonly [Name in SwitchName]: SwitchValue<Switches[Name]> };

export const switchNames = Object.keys(switches) as SwitchName[];
