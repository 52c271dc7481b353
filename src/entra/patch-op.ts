/** One operation of a SCIM PATCH; a dialect decides how it is spelt. */
export interface PatchOp {
  op: string;
  path?: string;
  value?: unknown;
}

/** The body of a PATCH (RFC 7644 §3.5.2), members in the order Entra writes them. */
export function patchBody(operations: PatchOp[]): Record<string, unknown> {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations };
}
