/** The page size when the client names none, and the largest one (published in ServiceProviderConfig). */
export const DEFAULT_COUNT = 100;
export const LARGEST_COUNT = 200;

/** How long a cursor can be used, in seconds (RFC 9865 §4). */
export const CURSOR_SECONDS = 3600;
