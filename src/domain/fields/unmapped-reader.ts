import type { CustomFieldType } from '../../fields/custom-field.ts';
import type { Json } from '../json.ts';

/** An attribute that a directory sends and that no field takes. */
export type UnmappedAttribute = {
  /** As `createField` takes it: a name of the core, or a URN that ends in one. */
  path: string;
  /** How many of the people examined have it. */
  people: number;
  /** What all of its values could be; null for values with parts, which no field can take. */
  type: CustomFieldType | null;
  /** A few values, cut short; null where they were not asked for. */
  samples: Json[] | null;
};

/** What was found in one directory; `examined`: how many records were looked at, the newest people first. */
export type Unmapped = { examined: number; isWhole: boolean; attributes: UnmappedAttribute[] };

/** Reads what directories send beyond the fields there are. */
export interface UnmappedReader {
  /** For each directory, in their order; `known` are the paths that are taken, in lower case. */
  list(
    tenantId: string,
    directoryIds: readonly string[],
    known: readonly string[],
    withSamples: boolean,
  ): Promise<Unmapped[]>;
}
