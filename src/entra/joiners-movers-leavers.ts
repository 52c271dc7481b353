import type { Chance } from './chance.ts';
import { mailAlias } from './company-people.ts';
import type { Change, Group, Person } from './directory.ts';

/**
 * A month in the life of the sample company. Cycle 2: people join, move, marry, change role and leave, a group is renamed.
 * Cycle 3: a leaver comes back, others are deleted for good, people move on, a group is dissolved.
 */
export function joinersMoversLeavers(
  luck: Chance,
  makePerson: (manager: string | undefined) => Person,
  people: readonly Person[],
  groups: readonly Group[],
): Change[] {
  // Only people without reports: who leads somebody neither leaves nor is deleted here.
  const leading = new Set(people.map(({ manager }) => manager));
  const staff = people.filter(({ id, accountEnabled }) => accountEnabled && !leading.has(id));
  const share = Math.max(1, Math.floor(staff.length / 80));
  const chosen = luck.sample(staff, share * 5);
  const [leavers, movers, roleChanges] = [
    chosen.slice(0, share * 2),
    chosen.slice(share * 2, share * 4),
    chosen.slice(share * 4),
  ];
  const [everybody] = groups;
  const changes: Change[] = [];
  const leads = people.filter(({ id }) => leading.has(id));

  for (let i = 0; i < share * 2; i++) {
    const person = { ...makePerson(people[0]?.id), accountEnabled: true };
    changes.push({ cycle: 2, do: 'hire', person });
    if (everybody) changes.push({ cycle: 2, do: 'add-member', group: everybody.id, person: person.id });
  }
  for (const person of movers) changes.push(...move(luck, person, leads, groups));
  const [bride] = movers;
  if (bride) changes.push(marry(bride));
  for (const { id, appRoles } of roleChanges) {
    changes.push({ cycle: 2, do: 'edit', person: id, set: { appRoles: appRoles?.includes('Admin') ? [] : ['Admin'] } });
  }
  for (const { id } of leavers) changes.push({ cycle: 2, do: 'disable', person: id });

  leavers.forEach(({ id }, i) => {
    changes.push({ cycle: 3, do: i % 2 === 0 ? 'delete' : 'restore', person: id });
  });
  for (const { id } of movers) {
    changes.push({ cycle: 3, do: 'edit', person: id, set: { jobTitle: 'Team Lead', faxNumber: null } });
  }
  return [...changes, ...reorganise(groups)];
}

// Someone takes a post elsewhere: department, title, manager and groups change together.
function move(luck: Chance, person: Person, leads: readonly Person[], groups: readonly Group[]): Change[] {
  const department = person.department === 'Operations' ? 'Facilities' : 'Operations';
  const manager = luck.pick(leads.filter(({ id }) => id !== person.manager)) as Person | undefined;
  const changes: Change[] = [
    {
      cycle: 2,
      do: 'edit',
      person: person.id,
      set: {
        department,
        jobTitle: 'Shift Lead',
        mobilePhone: '+49 151 55500000',
        ...(manager && { manager: manager.id }),
      },
    },
  ];
  for (const { id, displayName } of groups) {
    if (displayName === person.department)
      changes.push({ cycle: 2, do: 'remove-member', group: id, person: person.id });
    if (displayName === department) changes.push({ cycle: 2, do: 'add-member', group: id, person: person.id });
  }
  return changes;
}

function marry({ id, givenName = '' }: Person): Change {
  const surname = 'Brückner-Østergård';
  const address = `${mailAlias(givenName, surname)}@nordwind.example`;
  const set = { surname, displayName: `${givenName} ${surname}`, userPrincipalName: address, mail: address };
  return { cycle: 2, do: 'edit', person: id, set };
}

function reorganise(groups: readonly Group[]): Change[] {
  const renamed = groups.at(-1);
  const dissolved = groups.at(-2);
  const changes: Change[] = [];
  if (renamed) {
    changes.push({
      cycle: 2,
      do: 'rename-group',
      group: renamed.id,
      displayName: `${renamed.displayName} (formerly "${renamed.displayName}")`,
    });
  }
  if (dissolved) {
    const [member] = dissolved.members;
    if (member) changes.push({ cycle: 2, do: 'remove-member', group: dissolved.id, person: member });
    changes.push({ cycle: 3, do: 'delete-group', group: dissolved.id });
  }
  return changes;
}
