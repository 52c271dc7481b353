/**
 * The one normaliser of names that must be found whatever their case or width: NFKC, then lower case, then NFKC.
 * Its result is stored and never computed again in SQL, where lower() disagrees with JavaScript.
 */
export const keyOf = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFKC');
