import { isJsonObject } from '../json.ts';
import type { Person } from '../users/person.ts';
import { e164Of, regionOf } from './e164.ts';

/** Fields whose number can be verified: those that one person is reached by. */
export const phoneFields = ['phone', 'workPhone'] as const;
export type PhoneField = (typeof phoneFields)[number];

/** What a number is for, as callers say it, with its field. */
const fieldsByType: Readonly<Record<string, PhoneField>> = { mobile: 'phone', work: 'workPhone' };

/** The field of the numbers of that type; null for types that cannot be verified. */
export const fieldOfType = (type: string): PhoneField | null =>
  Object.hasOwn(fieldsByType, type) ? fieldsByType[type]! : null;

/** The person's number in that field as it was given; null: none. */
export function textOf(person: Person, field: PhoneField): string | null {
  const text = person.values[field];
  return typeof text === 'string' ? text : null;
}

/** The region that a number without a country code is read in: of the person's address, else the tenant's own. */
export function regionOfPerson(person: Person, defaultRegion: string | null): string | null {
  const { address } = person.values;
  return (isJsonObject(address) ? regionOf(address.country) : null) ?? defaultRegion;
}

/** The person's number in that field in one spelling for all; null where there is none that could be called. */
export function numberOf(person: Person, field: PhoneField, defaultRegion: string | null): string | null {
  const text = textOf(person, field);
  return text === null ? null : e164Of(text, regionOfPerson(person, defaultRegion));
}
