import { p } from '@mikro-orm/core';

/** A search, sort or uniqueness key made by `keyOf`; compared byte by byte whatever the locale of the database. */
export const keyColumn = () => p.text().collation('C');

/** A list of text. */
export const textArray = () => p.array<string>().columnType('text[]');

/** A list of stored ids. */
export const uuidArray = () => p.array<string>().columnType('uuid[]');
