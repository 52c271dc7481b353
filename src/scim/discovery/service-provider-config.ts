import type { JsonObject } from '../../domain/json.ts';
import { LARGEST_BYTES } from '../../http/body.ts';
import { MAX_OPERATIONS } from '../bulk/bulk-request.ts';
import { CURSOR_SECONDS, DEFAULT_COUNT, LARGEST_COUNT } from '../listing/limits.ts';

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';

/** What of the protocol the hub supports (RFC 7643 §5). */
export const serviceProviderConfig = (baseUrl: string): JsonObject => ({
  schemas: [SCHEMA],
  patch: { supported: true },
  bulk: { supported: true, maxOperations: MAX_OPERATIONS, maxPayloadSize: LARGEST_BYTES },
  filter: { supported: true, maxResults: LARGEST_COUNT },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  // Index is what clients expect that ask for neither (RFC 9865 §2.4).
  pagination: {
    cursor: true,
    index: true,
    defaultPaginationMethod: 'index',
    defaultPageSize: DEFAULT_COUNT,
    maxPageSize: LARGEST_COUNT,
    cursorTimeout: CURSOR_SECONDS,
  },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Directory token',
      description: 'The secret token of the directory as a bearer token.',
      specUri: 'https://www.rfc-editor.org/info/rfc6750',
      primary: true,
    },
    {
      type: 'oauth2',
      name: 'OAuth 2.0 client credentials',
      description: 'An access token from /oauth/token, for a client secret or an assertion of Entra ID.',
      specUri: 'https://www.rfc-editor.org/info/rfc6749',
      primary: false,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
});
