import { lexicographicSortSchema, printSchema } from 'graphql';
import { createSchema } from './schema.ts';

/** The schema as products read it: sorted, with every description. */
export const schemaDocument = async (): Promise<string> =>
  `${printSchema(lexicographicSortSchema(await createSchema()))}\n`;
