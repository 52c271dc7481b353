import { timingSafeEqual } from 'node:crypto';
import type { Seal } from '../../domain/credentials/secret.ts';
import type { Place } from '../../domain/page.ts';
import { ScimFault } from '../faults.ts';
import { CURSOR_SECONDS } from './limits.ts';

/** Where a cursor leads: to the page on that side of the place. `count` and `total` are those of the first page. */
export type Cursor = { side: 'after' | 'before'; place: Place; count: number; total: number };

/** All that a cursor is bound to besides its own content: the directory, what is listed, the filter, the order. */
export type Binding = readonly (string | boolean | null)[];

const invalidCursor = (detail: string) => new ScimFault(400, 'invalidCursor', detail, 'cursor');

/** Nothing is left of a signature that is cut, but a cursor stands in an address. */
const SIGNATURE_LENGTH = 32;
const SHAPE = /^[A-Za-z0-9_-]{1,16000}\.[A-Za-z0-9_-]{32}$/;

/** Writes a cursor, in unreserved characters only (RFC 9865 §2), that nobody else can make; `now` is in ms. */
export function writeCursor(seal: Seal, binding: Binding, { side, place, count, total }: Cursor, now: number): string {
  const expires = Math.floor(now / 1000) + CURSOR_SECONDS;
  const content = Buffer.from(JSON.stringify([expires, side, count, total, ...place])).toString('base64url');
  return `${content}.${sign(seal, binding, content)}`;
}

/** Reads a cursor of ours for the same question. Throws invalidCursor for any other, expiredCursor for an old one. */
export function readCursor(seal: Seal, binding: Binding, text: string, now: number): Cursor {
  const [content = '', signature = ''] = SHAPE.test(text) ? text.split('.') : [];
  const expected = Buffer.from(sign(seal, binding, content));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw invalidCursor('This cursor is not one of this server for the same endpoint, filter and order.');
  }
  const [expires, side, count, total, ...place] = JSON.parse(Buffer.from(content, 'base64url').toString());
  if (expires * 1000 < now) {
    throw new ScimFault(400, 'expiredCursor', `A cursor is good for ${CURSOR_SECONDS} seconds; start again.`, 'cursor');
  }
  return { side, count, total, place };
}

// What is sealed begins with a word that no secret begins with, so that a cursor never shows the digest of one.
const sign = (seal: Seal, binding: Binding, content: string): string =>
  seal(`cursor ${JSON.stringify([...binding, content])}`)
    .toString('base64url')
    .slice(0, SIGNATURE_LENGTH);
