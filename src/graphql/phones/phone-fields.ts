import { e164Of, regionOf } from '../../domain/phones/e164.ts';
import { phoneFields } from '../../domain/phones/phone-field.ts';
import { stands, type Verification } from '../../domain/phones/verification.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import type { UserFieldKey } from '../../fields/user.fields.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { type Contact, contactOf, contactsOf } from '../users/contacts.ts';

/** A number of a person; what is more than its text is found out when it is asked for. */
export type Phone = Contact & { user: UserRow };

/** The number in that field; null when the person has none. */
export function phoneOf(user: UserRow, key: UserFieldKey): Phone | null {
  const contact = contactOf(user, key);
  return contact && { ...contact, user };
}

/** Every number of the person. */
export const phonesOf = (user: UserRow): Phone[] => contactsOf(user, 'PHONE').map((contact) => ({ ...contact, user }));

/** What follows from a number, and from what became of it. */
export const phonePlain: PlainResolvers<Phone> = {
  e164: async (phone, _args, context) => e164Of(phone.value, await regionFor(phone, context)),
  verifiedAt: async (phone, _args, context) => (await standing(phone, context))?.verifiedAt ?? null,
  async needsVerification(phone, _args, context) {
    if (!verifiable(phone) || (await standing(phone, context))) return false;
    return e164Of(phone.value, await regionFor(phone, context)) !== null;
  },
};

const verifiable = ({ key }: Phone): boolean => (phoneFields as readonly string[]).includes(key);

/** The verification of the number, if it still is the one that was verified. */
async function standing(phone: Phone, context: RequestContext): Promise<Verification | null> {
  if (!verifiable(phone)) return null;
  const known = (await loadVerifications(context, phone.user.id)).find(({ field }) => field === phone.key);
  return known && stands(known, phone.value, await regionFor(phone, context)) ? known : null;
}

const loadVerifications = (context: RequestContext, id: string) =>
  context
    .loader<string, Verification[]>('verifications', async (ids) => {
      const byUser = Map.groupBy(await context.reads.phones.verifications(ids), ({ userId }) => userId);
      return ids.map((one) => byUser.get(one) ?? []);
    })
    .load(id);

/** A number with its country code needs no region; else it is the person's, else the tenant's, read once a request. */
function regionFor({ value, user }: Phone, context: RequestContext): Promise<string | null> | string | null {
  if (value.startsWith('+')) return null;
  return regionOf(user.country) ?? loadRegion(context);
}

/** The tenant's default region. */
export const loadRegion = (context: RequestContext): Promise<string | null> =>
  context
    .loader<'tenant', string | null>('default region', async () => [await context.reads.phones.defaultRegion()])
    .load('tenant');
