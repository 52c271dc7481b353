/** A repeatable source of choices: the same seed gives the same choices for ever. */
export interface Chance {
  /** A whole number from 0 up to, not including, `below`. */
  upTo(below: number): number;
  pick<T>(list: readonly T[]): T;
  /** `count` different elements, in the order of the list; all when there are not that many. */
  sample<T>(list: readonly T[], count: number): T[];
  /** True in about `share` of 100 cases. */
  percent(share: number): boolean;
  /** A GUID of version 4, as Entra's object ids are. */
  guid(): string;
}

/** Starts a source of choices (mulberry32). */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  };
  const upTo = (below: number) => Math.floor((next() / 2 ** 32) * below);
  const hex = () => next().toString(16).padStart(8, '0');
  return {
    upTo,
    pick: (list) => list[upTo(list.length)]!,
    sample: (list, count) => {
      const chosen: (typeof list)[number][] = [];
      list.forEach((one, i) => {
        if (upTo(list.length - i) < count - chosen.length) chosen.push(one);
      });
      return chosen;
    },
    percent: (share) => upTo(100) < share,
    guid: () => {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${'89ab'[upTo(4)]}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
  };
}
