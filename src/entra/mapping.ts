/** URN of the enterprise extension, as Entra spells it in bodies and paths (RFC 7643 §4.3). */
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/**
 * The attribute mapping: Entra attribute → SCIM path, as an administrator sees it in the portal (entra.md B14).
 * The capitals in `.Value` and `.Formatted` are Entra's own and travel like that in PATCH paths.
 */
export const USER_MAPPING = {
  userPrincipalName: 'userName',
  displayName: 'displayName',
  givenName: 'name.givenName',
  surname: 'name.familyName',
  mailNickname: 'nickName',
  jobTitle: 'title',
  userType: 'userType',
  preferredLanguage: 'preferredLanguage',
  timezone: 'timezone',
  mail: 'emails[type eq "work"].value',
  otherMail: 'emails[type eq "other"].Value',
  businessPhone: 'phoneNumbers[type eq "work"].value',
  mobilePhone: 'phoneNumbers[type eq "mobile"].value',
  faxNumber: 'phoneNumbers[type eq "fax"].value',
  streetAddress: 'addresses[type eq "work"].streetAddress',
  city: 'addresses[type eq "work"].locality',
  state: 'addresses[type eq "work"].region',
  postalCode: 'addresses[type eq "work"].postalCode',
  country: 'addresses[type eq "work"].country',
  officeLocation: 'addresses[type eq "other"].Formatted',
  employeeId: `${ENTERPRISE}:employeeNumber`,
  department: `${ENTERPRISE}:department`,
  division: `${ENTERPRISE}:division`,
  costCenter: `${ENTERPRISE}:costCenter`,
  companyName: `${ENTERPRISE}:organization`,
} as const;

/** Name of a text attribute a person may carry; the gallery maps all but the extension attribute. */
export type PersonText = keyof typeof USER_MAPPING | 'extensionAttribute1';

/** What an administrator maps in the portal, where it is not what the gallery maps. */
export interface Mapping {
  /** Entra attribute → SCIM path. The object id always travels as externalId, and whether the account is enabled as active. */
  attributes: { readonly [name in PersonText]?: string };
  /** Whether the two names joined travel as name.formatted. */
  fullName: boolean;
  /** Whether app roles travel, by AssertiveAppRoleAssignmentsComplex (entra.md D3). */
  appRoles: boolean;
}

/** The mapping of a gallery application. */
export const GALLERY: Mapping = { attributes: USER_MAPPING, fullName: true, appRoles: true };
