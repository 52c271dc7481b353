import { createHmac, createSecretKey, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What the secret opens: SCIM for one directory, the API, the token endpoint, or SCIM for an hour at most. */
export type SecretKind = 'scim' | 'api' | 'client' | 'access';

/** Turns a secret into the digest that is stored: HMAC-SHA-256 under the hub's pepper. */
export type Seal = (secret: string) => Buffer;

/** The seal of a hub with that pepper. */
export function sealWith(pepper: Buffer): Seal {
  // Every request is sealed; a key that is made once makes that five times as fast.
  const key = createSecretKey(pepper);
  return (secret) => createHmac('sha256', key).update(secret).digest();
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SHAPE = /^rollcall_(scim|api|client|access)_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})$/;

/** A new secret of 256 bits: `rollcall_scim_<key id>_<43 characters>_<checksum>`. It is shown once and never stored. */
export function newSecret(kind: SecretKind): { secret: string; keyId: string } {
  const keyId = randomText(12);
  const body = `rollcall_${kind}_${keyId}_${randomText(43)}`;
  return { secret: `${body}_${checksum(body)}`, keyId };
}

/** The public part of a secret of ours; null for anything else, without asking the database. */
export function readSecret(secret: string): { kind: SecretKind; keyId: string } | null {
  const match = SHAPE.exec(secret);
  if (!match || checksum(secret.slice(0, -7)) !== match[4]) return null;
  return { kind: match[1] as SecretKind, keyId: match[2]! };
}

/** The public part that a text of whatever state begins with, as one that was cut or mistyped still does; else null. */
export const claimedKeyOf = (text: string): string | null =>
  /^rollcall_(?:scim|client|access)_([0-9A-Za-z]{12})(?:_|$)/.exec(text)?.[1] ?? null;

/** What of a secret may be shown later, to tell one from another. */
export const prefixOf = (kind: SecretKind, keyId: string): string => `rollcall_${kind}_${keyId}`;

function randomText(length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += ALPHABET[randomInt(62)];
  return text;
}

/** CRC-32 in base 62, as in GitHub's tokens: junk is told from a token by its form. */
function checksum(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let index = 0; index < 6; index++) {
    digits = ALPHABET[rest % 62] + digits;
    rest = Math.floor(rest / 62);
  }
  return digits;
}
