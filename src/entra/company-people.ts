import type { Chance } from './chance.ts';
import { DEPARTMENTS, GIVEN_NAMES, OFFICES, SURNAMES } from './company-words.ts';
import type { Person } from './directory.ts';

const DOMAIN = 'nordwind.example';

/** Makes the people of the sample company one after another, never two with the same userPrincipalName. */
export function peopleMaker(luck: Chance): (manager: string | undefined) => Person {
  const taken = new Set<string>();
  let number = 1000;
  return (manager) => {
    number++;
    const givenName = luck.pick(GIVEN_NAMES);
    const surname = luck.pick(SURNAMES);
    const guest = manager !== undefined && luck.percent(3);
    const alias = freeAlias(taken, mailAlias(givenName, surname));
    const mail = guest
      ? `${alias}@partner.example`
      : // Plus addresses are legal mail and a classic of broken URL decoding (entra.md A9).
        `${alias}${luck.percent(4) ? '+work' : ''}@${DOMAIN}`;
    return {
      id: luck.guid(),
      userPrincipalName: guest ? `${alias}_partner.example#EXT#@${DOMAIN}` : `${alias}@${DOMAIN}`,
      // Somebody is always on the way out; the upper rows of the tree stay, so that the tree does.
      accountEnabled: number < 1012 || !luck.percent(2),
      ...(manager !== undefined && { manager }),
      appRoles: luck.percent(70) ? [luck.pick(['User', 'User', 'User', 'Admin', 'S4Stakeholder'])] : [],
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      mailNickname: alias,
      mail,
      ...(luck.percent(5) && { otherMail: `${alias}@home.example` }),
      userType: guest ? 'Guest' : 'Member',
      ...employment(luck, number),
      ...place(luck, number),
    };
  };
}

/** The alias part of an address: plain letters, dots, and the apostrophe that Entra allows. */
export function mailAlias(givenName: string, surname: string): string {
  const plain = `${givenName}.${surname}`.toLowerCase().replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('ł', 'l');
  return plain
    .normalize('NFD')
    .replaceAll('ı', 'i')
    .replace(/[^a-z'.-]/g, '')
    .replace(/\.+/g, '.');
}

function freeAlias(taken: Set<string>, wanted: string): string {
  let alias = wanted;
  for (let n = 2; taken.has(alias); n++) alias = `${wanted}${n}`;
  taken.add(alias);
  return alias;
}

function employment(luck: Chance, number: number): Partial<Person> {
  const [department, titles] = luck.pick(DEPARTMENTS);
  return {
    jobTitle: luck.pick(titles),
    department,
    division: luck.pick(['Products', 'Services', 'Corporate']),
    costCenter: `CC-${4000 + luck.upTo(40)}`,
    companyName: 'Nordwind Logistik GmbH & Co. KG',
    employeeId: `N${number}`,
  };
}

function place(luck: Chance, number: number): Partial<Person> {
  const office = luck.pick(OFFICES);
  return {
    businessPhone: `${office.dial} ${number}`,
    ...(luck.percent(60) && { mobilePhone: `+49 151 ${10_000_000 + luck.upTo(89_999_999)}` }),
    ...(luck.percent(4) && { faxNumber: `${office.dial} ${number}-9` }),
    streetAddress: office.street,
    city: office.city,
    state: office.state,
    postalCode: office.postalCode,
    country: office.country,
    officeLocation: `${office.city}, floor ${1 + luck.upTo(6)}`,
    preferredLanguage: office.language,
    timezone: office.timezone,
  };
}
