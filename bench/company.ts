/** Where one side of the comparison answers. */
export type Side = 'hub' | 'floor';

/** The seeded company and the two servers in front of it, as the load sees them. Ids are stored ids. */
export type Company = {
  urls: Record<Side, string>;
  tenantId: string;
  directoryId: string;
  /** SCIM token of the directory. */
  token: string;
  /** API key with every scope. */
  adminKey: string;
  /** The people by number, from 0; `keyOfNumber` of the index gives their names. */
  people: string[];
  groups: Record<GroupSize, string[]>;
};

export type GroupSize = '10' | '10k';
