import { address, email, type Fields, locale, phone, reference, rest, text, timezone, url } from './field.ts';

/** Namespace of the enterprise attributes (RFC 7643 §4.3). */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * Everything that may be known of a person. `userName`, `active`, `externalId`, groups and roles are not here:
 * nobody can choose who owns them.
 */
export const userFields = {
  displayName: text({ scim: 'displayName', label: 'Display name', about: 'Name shown to people.' }),
  givenName: text({ scim: 'name.givenName', label: 'Given name', about: 'First name.' }),
  familyName: text({ scim: 'name.familyName', label: 'Family name', about: 'Last name.' }),
  middleName: text({ scim: 'name.middleName', label: 'Middle name', about: 'Middle name or names.' }),
  formattedName: text({ scim: 'name.formatted', label: 'Full name', about: 'The full name, formatted for display.' }),
  honorificPrefix: text({ scim: 'name.honorificPrefix', label: 'Title before the name', about: 'Such as Dr.' }),
  honorificSuffix: text({ scim: 'name.honorificSuffix', label: 'Suffix after the name', about: 'Such as III.' }),
  nickName: text({ scim: 'nickName', label: 'Nickname', about: 'Casual way to address the person.' }),
  title: text({ scim: 'title', label: 'Job title', about: 'What the person does, such as Vice President.' }),
  userType: text({ scim: 'userType', label: 'Employment', about: 'Relation to the company, such as Contractor.' }),
  profileUrl: url({ scim: 'profileUrl', label: 'Profile page', about: 'Address of a page about the person.' }),
  preferredLanguage: locale({
    scim: 'preferredLanguage',
    label: 'Language',
    about: 'Language that the person wants to read.',
  }),
  locale: locale({ scim: 'locale', label: 'Region format', about: 'How dates, numbers and currency are written.' }),
  timezone: timezone({
    scim: 'timezone',
    label: 'Time zone',
    about: 'IANA name, such as Europe/Berlin.',
    fallback: 'DEVICE',
  }),
  email: email({ scim: 'emails[type eq "work"].value', label: 'E-mail', about: 'Address at work.' }),
  homeEmail: email({ scim: 'emails[type eq "home"].value', label: 'Private e-mail', about: 'Private address.' }),
  otherEmail: email({ scim: 'emails[type eq "other"].value', label: 'Other e-mail', about: 'One more address.' }),
  moreEmails: rest('EMAIL', { scim: 'emails', label: 'More e-mails', about: 'Addresses of any other type.' }),
  phone: phone({ scim: 'phoneNumbers[type eq "mobile"].value', label: 'Mobile phone', about: 'Mobile number.' }),
  workPhone: phone({ scim: 'phoneNumbers[type eq "work"].value', label: 'Work phone', about: 'Number at work.' }),
  fax: phone({ scim: 'phoneNumbers[type eq "fax"].value', label: 'Fax', about: 'Fax number.' }),
  morePhoneNumbers: rest('PHONE', {
    scim: 'phoneNumbers',
    label: 'More phone numbers',
    about: 'Numbers of any other type.',
  }),
  address: address({ scim: 'addresses[type eq "work"]', label: 'Address', about: 'Postal address at work.' }),
  moreAddresses: rest('ADDRESS', { scim: 'addresses', label: 'More addresses', about: 'Addresses of any other type.' }),
  employeeNumber: text({
    scim: `${ENTERPRISE}:employeeNumber`,
    label: 'Employee number',
    about: 'Identifier given by the company.',
  }),
  costCenter: text({ scim: `${ENTERPRISE}:costCenter`, label: 'Cost center', about: 'Name of the cost center.' }),
  organization: text({ scim: `${ENTERPRISE}:organization`, label: 'Company', about: 'Name of the organization.' }),
  division: text({ scim: `${ENTERPRISE}:division`, label: 'Division', about: 'Name of the division.' }),
  department: text({ scim: `${ENTERPRISE}:department`, label: 'Department', about: 'Name of the department.' }),
  manager: reference({ scim: `${ENTERPRISE}:manager`, label: 'Manager', about: 'The person they report to.' }),
} as const satisfies Fields;

/** Key of a standard field. */
export type UserFieldKey = keyof typeof userFields;

/** Keys of the standard fields in table order. */
export const userFieldKeys = Object.keys(userFields) as UserFieldKey[];

/** True for the key of a standard field; safe for names from the wire. */
export const isUserFieldKey = (key: string): key is UserFieldKey => Object.hasOwn(userFields, key);
