/** How a token endpoint says why it refuses (RFC 6749 §5.2); `temporarily_unavailable` is borrowed from its §4.1.2.1. */
export type OauthCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'temporarily_unavailable';

/** The directory that a refused client said it was. */
export type Claimed = { tenantId: string; directoryId: string; label: string };

/** A refusal of the token endpoint. Its message is for the administrator and holds nothing that was sent. */
export class OauthFault extends Error {
  override readonly name = 'OauthFault';
  readonly code: OauthCode;
  readonly status: number;
  /** The parameter, and the claim within it. */
  readonly path: string[];
  /** Null where no directory can be told. */
  readonly claimed: Claimed | null;

  constructor(code: OauthCode, message: string, path: string[], claimed: Claimed | null = null) {
    super(message);
    this.code = code;
    this.status = statuses[code];
    this.path = path;
    this.claimed = claimed;
  }
}

const statuses: Record<OauthCode, number> = {
  invalid_request: 400,
  invalid_client: 401,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  temporarily_unavailable: 503,
};

/** The request is malformed at that parameter. */
export const invalidRequest = (parameter: string, message: string) =>
  new OauthFault('invalid_request', message, [parameter]);

/** The client did not prove to be anyone. One sentence for every reason: it does not tell who exists. */
export const invalidClient = (parameter: string, claimed: Claimed | null = null) =>
  new OauthFault('invalid_client', 'The client is not known here, or its proof is not valid.', [parameter], claimed);
