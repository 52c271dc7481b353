import { timingSafeEqual } from 'node:crypto';
import type { Seal } from '../credentials/secret.ts';
import { HubError, invalid } from '../errors.ts';
import type { FieldRulesEdit } from './rule-edit.ts';

/** What was previewed: the edit as it was given, and the digest of the rules and values that it would change. */
export type Previewed = { edit: FieldRulesEdit; digest: string };

/** How long a preview may be applied, in seconds. */
const PREVIEW_SECONDS = 3_600;

/** Writes a token that nobody else can make and that is good in its tenant only; `now` is in ms. */
export function writeToken(seal: Seal, tenantId: string, { edit, digest }: Previewed, now: number): string {
  const expires = Math.floor(now / 1000) + PREVIEW_SECONDS;
  const content = Buffer.from(JSON.stringify([expires, edit, digest])).toString('base64url');
  return `${content}.${sign(seal, tenantId, content)}`;
}

/** Reads a token of ours. Refuses any other with INVALID_INPUT, an old one with STALE_PREVIEW. */
export function readToken(seal: Seal, tenantId: string, token: string, now: number): Previewed {
  const [content = '', signature = ''] = token.split('.', 2);
  const expected = Buffer.from(sign(seal, tenantId, content));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw invalid(['token'], 'This token is not one that previewFieldRules gave.');
  }
  const [expires, edit, digest] = JSON.parse(Buffer.from(content, 'base64url').toString());
  if (expires * 1000 < now) throw stalePreview('This preview is more than an hour old; preview again.');
  return { edit, digest };
}

/** The refusal to apply what is no longer as it was shown. */
export const stalePreview = (message: string) => new HubError('STALE_PREVIEW', message, { path: ['token'] });

// What is sealed begins with a word that no secret begins with, so that a token never shows the digest of one.
const sign = (seal: Seal, tenantId: string, content: string): string =>
  seal(`preview ${tenantId} ${content}`).toString('base64url');
