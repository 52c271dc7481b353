/** SQL under construction: text with numbered placeholders, and the values bound to them. */
export class Fragments {
  readonly values: unknown[] = [];

  constructor(first: unknown[] = []) {
    this.values.push(...first);
  }

  /** Binds a value and returns its placeholder. No text from outside ever reaches the statement in another way. */
  bind(value: unknown, type?: string): string {
    this.values.push(value);
    return type ? `$${this.values.length}::${type}` : `$${this.values.length}`;
  }
}
