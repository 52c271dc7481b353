/** The tenant that a fresh hub serves; there is one until somebody makes another. */
export const DEFAULT_TENANT = '00000000-0000-7000-8000-000000000001';
