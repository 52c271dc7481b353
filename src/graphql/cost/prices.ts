/** The most that one request may cost, in points. */
export const MOST_COST = 10_000;

/** What things cost, in points; docs/graphql.md has the same table for callers. */
export const prices = {
  /** The least that a request costs. */
  request: 1,
  /** An object or a list that the hub looks up or works out, each time that it does. */
  question: 1,
  mutation: 10,
  /** Works out for everybody what a change would do. */
  preview: 10,
  introspection: 10,
  /** What tries a code, makes a credential or sends somebody a message. */
  sensitive: 100,
} as const;

/** How long a list counts as that takes no `first`. */
export const USUAL_LENGTH = 10;

/** Fields of the operation itself with a price of their own. */
export const ownPrices: ReadonlyMap<string, number> = new Map([
  ['__schema', prices.introspection],
  ['__type', prices.introspection],
  ['previewDirectoryPolicy', prices.preview],
  ['previewFieldRules', prices.preview],
  ['createApiKey', prices.sensitive],
  ['createClientSecret', prices.sensitive],
  ['createDirectoryToken', prices.sensitive],
  ['eraseUser', prices.sensitive],
  ['inviteUser', prices.sensitive],
  ['requestPhoneCode', prices.sensitive],
  ['resendInvitation', prices.sensitive],
  ['rotateDirectoryToken', prices.sensitive],
  ['verifyPhone', prices.sensitive],
]);
