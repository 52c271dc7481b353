/** Why something was refused: what the client was told, the hub's own code, and the attribute that it was about. */
export type Reason = {
  /** Null for a part of a bulk request, which has no answer of its own. */
  status: number | null;
  scimType: string | null;
  /** A code of the hub's refusals, else the scimType or the status. */
  code: string;
  attribute: string | null;
};

/** How often it came. */
export type CountedReason = Reason & { count: number };

/** Attributes are named by clients; beyond so many different reasons they are counted together. */
const MOST_REASONS = 50;

/** Refused for how the hub is set, and not for what was sent: such a write was skipped (seeds S25). */
const SKIPS: ReadonlySet<string> = new Set(['SEAT_LIMIT', 'BRAKE_ENGAGED', 'NOT_ALLOWED']);

/** True where the refusal leaves a write out on purpose. */
export const isSkip = ({ code }: Pick<Reason, 'code'>): boolean => SKIPS.has(code);

/** True where somebody was named who is not there: Entra counts these apart (entra.md E6). */
export const isReference = ({ attribute }: Reason): boolean => /^(members|manager)\b/i.test(attribute ?? '');

/** The counts with these added, the most frequent first. */
export function addReasons(counted: readonly CountedReason[], more: readonly Reason[]): CountedReason[] {
  const byName = new Map(counted.map((reason) => [nameOf(reason), reason]));
  for (const reason of more) {
    const isNew = !byName.has(nameOf(reason));
    const named = isNew && byName.size >= MOST_REASONS ? { ...OTHER, status: reason.status } : reason;
    const known = byName.get(nameOf(named));
    byName.set(nameOf(named), { ...named, count: (known?.count ?? 0) + 1 });
  }
  return [...byName.values()].sort((one, other) => other.count - one.count);
}

const OTHER: Reason = { status: null, scimType: null, code: 'OTHER', attribute: null };

const nameOf = ({ status, scimType, code, attribute }: Reason): string =>
  JSON.stringify([status, scimType, code, attribute]);
