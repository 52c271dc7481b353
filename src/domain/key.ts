/**
 * The one normaliser of names that must be found whatever their case or width: NFKC, then lower case, then NFKC. A sigma
 * is the same at the end of a word as within it. Its result is stored and never computed again in SQL, where lower()
 * disagrees with JavaScript.
 */
export const keyOf = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');

/**
 * Lower case, one code point at a time, as lower() does under PostgreSQL's C.UTF-8: no final sigma, and `İ` becomes `i`.
 * Both sides of a comparison that ignores case go through this.
 */
export function fold(text: string): string {
  // Only these two are lowered otherwise within a word than alone.
  if (!/[İΣ]/.test(text)) return text.toLowerCase();
  let folded = '';
  for (const char of text) folded += char === 'İ' ? 'i' : char.toLowerCase();
  return folded;
}
