/** The value as an object; throws `<at>: expected an object`. */
export function record(value: unknown, at: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${at}: expected an object`);
}

/** The value as a list; throws `<at>: expected a list`. */
export function list(value: unknown, at: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${at}: expected a list`);
}

/** Throws unless the value is a text that is not empty. */
export function text(value: unknown, at: string): void {
  if (typeof value !== 'string' || value === '') throw new Error(`${at}: expected a text`);
}

/** Throws when the object has a name that is not in the list; catches misspelt attributes. */
export function only(value: Record<string, unknown>, names: readonly string[], at: string): void {
  for (const name of Object.keys(value)) if (!names.includes(name)) throw new Error(`${at}${name}: unknown name`);
}
