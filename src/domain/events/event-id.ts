import { uuidOf, wireId } from '../ids.ts';
import type { EventPlace } from './event-reader.ts';

const hex = (number: string): string => BigInt(number).toString(16).padStart(16, '0');

const dashed = (digits: string): string => digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** The wire id of a row of the log: its place in 128 bits, so that ids run as the log does. */
export const eventId = ({ xact, seq }: EventPlace): string => wireId('evt', dashed(hex(xact) + hex(seq)));

const LARGEST = 2n ** 63n - 1n;

/** The place that such an id names, or null. */
export function eventPlace(id: string): EventPlace | null {
  const digits = uuidOf('evt', id)?.replaceAll('-', '');
  if (!digits) return null;
  const xact = BigInt(`0x${digits.slice(0, 16)}`);
  const seq = BigInt(`0x${digits.slice(16)}`);
  return xact > LARGEST || seq > LARGEST ? null : { xact: String(xact), seq: String(seq) };
}
