/** The kinds of resource that the server holds. */
export type ResourceType = 'User' | 'Group';

/** Namespace of the core attributes, by kind of resource (RFC 7643 §4.1, §4.2). */
export const CORE: Record<ResourceType, string> = {
  User: 'urn:ietf:params:scim:schemas:core:2.0:User',
  Group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
};

/** Schema of an error body (RFC 7644 §3.12). */
export const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Schema of a schema (RFC 7643 §7). */
export const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** True for a key that is a namespace rather than the name of an attribute. */
export const isUrn = (name: string): boolean => name.slice(0, 4).toLowerCase() === 'urn:';
