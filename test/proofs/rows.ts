/** One promise of seeds.md: what must hold, and where else than in a test it is proved. */
export interface Row {
  words: string;
  /** It is a page of the console, and is proved where that is tested. */
  screen?: true;
  /** The rows that together prove it. */
  by?: string[];
  /** Why there is nothing to prove. */
  elsewhere?: string;
}

/** Every row of the five tables, by its id. */
export const rows: Record<string, Row> = {
  C1: { words: 'the token alone says whose directory it is; nothing of another is read or written' },
  C2: { words: 'the test of the connection is 200 and empty, or 401 with the reason' },
  C3: { words: 'who runs a directory is told of trouble once, by mail and webhook' },
  C4: { words: 'a person is found by userName, externalId, id and any e-mail address' },
  C5: { words: 'who is in scope is decided in Entra', elsewhere: 'the hub sees only who is in scope' },
  C6: { words: 'a directory may be forbidden to create, update, deactivate or delete' },
  C7: { words: 'requests are grouped into runs, and silence is told' },
  C8: { words: 'one log row for each request, and runs that count them' },
  C9: { words: 'a gauge tells how far Entra is from quarantine, and why' },
  C10: { words: 'a rehearsal answers as if applied, and applies nothing' },
  C11: { words: 'a token belongs to the directory and outlives who made it' },
  C12: { words: 'discovery lists exactly what is mapped' },
  C13: { words: 'a guide for each preset, with the address filled in', screen: true },
  C14: { words: 'sign-in and provisioning meet in the externalId: one person' },

  DS1: { words: 'who has no accepted app role waits, staged, until they are given one' },
  DS2: { words: 'the SCIM address is shown and copied', screen: true },
  DS3: { words: 'a token is shown once, kept as a digest, and replaced with an overlap' },
  DS4: { words: 'a deletion in Entra only deactivates, and a later record is the same person' },
  DS5: { words: 'an admin erases a person for good, from every table' },
  DS6: { words: 'without groups there is no Group in discovery, and /Groups is 404' },
  DS7: { words: 'who is disabled is refused at once' },
  DS8: { words: 'a log row opens to the changes that it made' },

  SE1: { words: 'people and groups are called what the product calls them', screen: true },
  SE2: { words: 'who is unassigned is hidden, keeps their history, and comes back' },
  SE3: { words: 'groups are teams; many members in one request, one removed by a filter' },
  SE4: { words: 'the team of a deleted group goes, its people stay' },
  SE5: { words: 'address and token are copied from the page of the directory', screen: true },
  SE6: { words: 'sign-in and provisioning are two applications', elsewhere: 'a matter of Entra; C14 joins them' },
  SE7: { words: 'the appRoles of the manifest are printed for the roles of the hub' },
  SE8: { words: 'a host without a required field is refused by the name of the field' },
  SE9: { words: 'a filter on a field that the preset does not list is refused' },
  SE10: { words: 'a group is found by its name, and shows no members when they are not wanted' },

  DY1: { words: 'fields of a tenant stand beside those of the directory, each with its source' },
  DY2: { words: 'what a directory feeds is read-only, for the person and for admins' },
  DY3: { words: 'a disconnect leaves manual accounts, and the next directory takes them back' },
  DY4: { words: 'a field is edited by those whom its rule names' },
  DY5: { words: 'nothing is ever written to the identity provider' },
  DY6: { words: 'what a directory says is kept byte for byte' },
  DY7: { words: 'an edit is the truth from then on, and the directory waits in its shadow' },
  DY8: { words: 'each field has a rule of its own' },
  DY9: { words: 'a change of rules is previewed, then applied as it was shown' },
  DY10: { words: 'fields that no directory may write' },
  DY11: { words: 'a renamed group keeps its team, and events tell who came and went' },
  DY12: { words: 'a deletion deletes; who is unassigned is removed after some days' },
  DY13: { words: 'who is in no synchronised group is counted' },
  DY14: { words: 'a secret is never shown again, and is in no dump' },
  DY15: { words: 'several directories hold one person, each with its own words' },
  DY16: { words: 'an attribute that is mapped later is filled from what was kept' },
  DY17: { words: 'a checklist tells what is left to do' },
  DY18: { words: 'a self-service page with the owner of each field', screen: true },

  S1: { words: 'enabling makes the first token', screen: true },
  S2: { words: 'groups become teams, one person in several' },
  S3: { words: 'one team for all; who is moved by hand stays moved' },
  S4: { words: 'a renamed team keeps its group' },
  S5: { words: 'where only people come there is one team for all' },
  S6: { words: 'a corrected phone number stays until the directory has a new one' },
  S7: { words: 'tokens without an end, renewed by hand, with reminders', by: ['C3', 'DS3'] },
  S8: { words: 'a person may come without a userName' },
  S9: { words: 'active as text in any case, or as a list of one' },
  S10: { words: 'a changed e-mail address moves no sign-in' },
  S11: { words: 'the language of the person is that of their mails' },
  S12: { words: 'time zones are checked; the one of the device is the fallback' },
  S13: { words: 'a person is found by the externalId of single sign-on' },
  S14: { words: 'the description of a group is taken and listed' },
  S15: { words: 'custom attributes by URN and by bare name' },
  S16: { words: 'who is in no group waits, and is rejected in the end' },
  S17: { words: 'who loses the last group is removed after a grace; a move is no loss' },
  S18: { words: 'who is away keeps memberships and roles' },
  S19: { words: 'a soft deletion deactivates and locks' },
  S20: { words: 'a locked person can be deleted and not edited; a later record is somebody new' },
  S21: { words: 'a transmitted deletion is 204, and the person is gone' },
  S22: { words: 'who was made by hand is never touched' },
  S23: { words: 'who has the e-mail address is adopted, and nothing else of them changes' },
  S24: { words: 'a new phone number is to be verified, another spelling is not' },
  S25: { words: 'who finds no seat is skipped, or waits' },
  S26: { words: 'who is new is invited by a link that works once' },
  S27: { words: 'a group makes its team with its first member' },
  S28: { words: 'an app role makes stakeholders, in every shape that Entra sends' },
  S29: { words: 'stakeholders alone make no team' },
  S30: { words: 'a run that makes too many people is stopped' },
  S31: { words: 'the summary of a run equals the log' },
};

/** Rows that no test proves yet. The list only gets shorter. */
export const stillMissing: string[] = [];
