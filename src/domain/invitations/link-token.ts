import { timingSafeEqual } from 'node:crypto';
import type { Seal } from '../credentials/secret.ts';
import type { Invitation } from './invitation.ts';

/** The ids that a token says, and the proof of them. */
export type LinkToken = { tenantId: string; id: string; proof: Buffer };

/** A token that means nobody: it is looked up and compared all the same, so that junk takes as long as any other. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const NOTHING: LinkToken = { tenantId: NOBODY, id: NOBODY, proof: Buffer.alloc(32) };

/**
 * The secret of a link: both ids and an HMAC of all that it is bound to, under the hub's secret. It is computed whenever
 * it is needed and stored nowhere.
 */
export const linkToken = (seal: Seal, tenantId: string, invitation: Invitation): string =>
  Buffer.concat([bytesOf(tenantId), bytesOf(invitation.id), proofOf(seal, tenantId, invitation)]).toString('base64url');

/** What a token says, unproved; junk is read as a token of nobody. */
export function readToken(token: string): LinkToken {
  const bytes = /^[\w-]{86}$/.test(token) ? Buffer.from(token, 'base64url') : null;
  // Of the last character only some bits count; it has one spelling.
  if (!bytes || bytes.toString('base64url') !== token) return NOTHING;
  return { tenantId: uuidAt(bytes, 0), id: uuidAt(bytes, 16), proof: bytes.subarray(32) };
}

/** True when the token was made for exactly that invitation: its purpose, tenant, person and address. */
export function proves({ tenantId, id, proof }: LinkToken, seal: Seal, invitation: Invitation | null): boolean {
  const expected = proofOf(seal, tenantId, invitation ?? { id, userId: NOBODY, purpose: 'activate', email: '' });
  return timingSafeEqual(expected, proof) && invitation !== null;
}

/** Parts as JSON, so that no two lists of parts are one text. */
const proofOf = (seal: Seal, tenantId: string, { id, userId, purpose, email }: Invitation): Buffer =>
  seal(JSON.stringify(['invitation', purpose, tenantId, id, userId, email]));

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

function uuidAt(bytes: Buffer, start: number): string {
  const hex = bytes.toString('hex', start, start + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
