import type { NewEvent } from '../event.ts';
import type { Asked } from './code-limits.ts';
import type { PhoneField } from './phone-field.ts';
import type { Verification } from './verification.ts';

/** A code that is to be made and sent. */
export type WantedCode = Asked & { id: string; field: PhoneField };

/** A code that is about to be sent, if it was asked for after that moment. */
export type IssuedCode = { id: string; digest: Buffer; expiresAt: string; askedAfter: string };

/** A code that may be entered, with how often that was tried. */
export type OpenCode = { id: string; e164: string; digest: Buffer; tries: number };

/** Where a code goes, and what the person reads. */
export type Addressee = { e164: string; language: string | null };

/** A number that was verified: the text that was read for it must still be the person's. */
export type Confirmed = { codeId: string; userId: string; field: PhoneField; e164: string; text: string };

/** Writes what is known of phone numbers besides their text; a method that takes an event writes it as well. */
export interface PhoneStore {
  /** The region of numbers without a country code; null: none. */
  defaultRegion(): Promise<string | null>;
  setDefaultRegion(region: string | null, event: NewEvent): Promise<void>;
  /** Lets one request at a time count the codes for a number and a person, until the transaction ends. */
  lockCounts(e164: string, userId: string): Promise<void>;
  /** Codes asked for since then, for that number or that person. */
  askedSince(since: string, e164: string, userId: string): Promise<Asked[]>;
  /** Notes a code that is to be sent; it ends the one before, and forgets those that no longer count. */
  want(code: WantedCode, countedSince: string, event: NewEvent): Promise<void>;
  /** Keeps the digest of a code that is about to be sent; null when it is not wanted any more. */
  issue(code: IssuedCode): Promise<Addressee | null>;
  /** Counts one try at the person's code, at once and for good; null when there is none that may be tried. */
  takeTry(userId: string, field: PhoneField, at: string, most: number): Promise<OpenCode | null>;
  /** Ends the code and keeps the verification; throws StaleWrite when either is another by now. */
  confirm(confirmed: Confirmed, event: NewEvent): Promise<void>;
  /** The verification, held until the transaction ends. */
  lockVerification(userId: string, field: PhoneField): Promise<Verification | null>;
  /** Keeps a verification whose number only was spelt otherwise. */
  keepVerification(userId: string, field: PhoneField, text: string): Promise<void>;
  dropVerification(userId: string, field: PhoneField, event: NewEvent): Promise<void>;
}
