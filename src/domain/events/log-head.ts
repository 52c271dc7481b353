import type { EventPlace } from './event-reader.ts';

/** Tells cheaply that logs have grown. */
export interface LogHead {
  /** The oldest transaction of the server that is still under way. While it stays, no log has grown. */
  horizon(): Promise<string>;
  /** Place of the newest row that is not held back; null in an empty log. */
  newest(tenantId: string): Promise<EventPlace | null>;
}

/** True where the first place comes later in the log than the second; null is before every row. */
export function isBeyond(place: EventPlace | null, other: EventPlace | null): boolean {
  if (!place || !other) return place !== null;
  if (place.xact !== other.xact) return BigInt(place.xact) > BigInt(other.xact);
  return BigInt(place.seq) > BigInt(other.seq);
}
