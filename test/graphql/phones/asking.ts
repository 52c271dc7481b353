import type { Ask } from '../ask.ts';

/** A new person with that mobile number; a wire id. */
export async function personWith(ask: Ask, phone: string, more: object = {}): Promise<string> {
  const input = { userName: `person ${crypto.randomUUID()}`, phone, ...more };
  const { data } = await ask('mutation ($i: CreateUserInput!) { createUser(input: $i) { user { id } } }', { i: input });
  return data.createUser.user.id;
}

/** The person's mobile number as it stands. */
export const phoneOf = async (ask: Ask, id: string) =>
  (await ask('query ($id: ID!) { user(id: $id) { phone { value e164 verifiedAt needsVerification } } }', { id })).data
    .user.phone;

type Problem = { code: string; message: string; path: string[] };

/** Asks for a code; the problems. */
export async function requestCode(ask: Ask, user: string, type = 'mobile'): Promise<Problem[]> {
  const query = `mutation ($u: ID!, $t: String!) { requestPhoneCode(user: $u, type: $t) { problems { code message path } } }`;
  return (await ask(query, { u: user, t: type })).data.requestPhoneCode.problems;
}

/** Enters a code; the problems. */
export async function enter(ask: Ask, user: string, code: string, type = 'mobile'): Promise<Problem[]> {
  const query = `mutation ($u: ID!, $c: String!, $t: String!) {
    verifyPhone(user: $u, code: $c, type: $t) { problems { code message path } } }`;
  return (await ask(query, { u: user, c: code, t: type })).data.verifyPhone.problems;
}

/** Some other six digits. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
