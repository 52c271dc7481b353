/** One decision about a directory that an admin may change: its form, what is allowed, and what it means. */
export type Switch =
  | { kind: 'choice'; type: string; about: string; values: Readonly<Record<string, string>> }
  | { kind: 'flag'; about: string }
  | { kind: 'text'; about: string }
  | { kind: 'number'; about: string; least: number; most: number; optional: boolean }
  | { kind: 'texts'; about: string };

/** One of several values, each with its meaning; `type` is its name in the API. */
export const choice = <const Value extends string>(
  type: string,
  about: string,
  values: Readonly<Record<Value, string>>,
) => ({ kind: 'choice' as const, type, about, values });

export const flag = (about: string) => ({ kind: 'flag' as const, about });

export const text = (about: string) => ({ kind: 'text' as const, about });

/** A whole number between the two, both allowed. */
export const number = (about: string, least: number, most: number) => ({
  kind: 'number' as const,
  about,
  least,
  most,
  optional: false as const,
});

/** As `number`; null: not at all. */
export const optionalNumber = (about: string, least: number, most: number) => ({
  ...number(about, least, most),
  optional: true as const,
});

export const texts = (about: string) => ({ kind: 'texts' as const, about });

/** What a switch may be set to. */
export type SwitchValue<S> = S extends { kind: 'choice'; values: Readonly<Record<infer Value, string>> }
  ? Value
  : S extends { kind: 'flag' }
    ? boolean
    : S extends { kind: 'text' }
      ? string
      : S extends { kind: 'number'; optional: true }
        ? number | null
        : S extends { kind: 'number' }
          ? number
          : S extends { kind: 'texts' }
            ? readonly string[]
            : never;
