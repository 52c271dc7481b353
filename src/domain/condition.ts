/** How an attribute's values are compared. */
export type ValueType = 'string' | 'boolean' | 'integer' | 'decimal' | 'dateTime' | 'binary' | 'reference' | 'complex';

/** One name on the way into a record; `multiValued`: a list, of which any element may match. */
export type Step = { readonly name: string; readonly multiValued: boolean };

/** An attribute of a directory's record, resolved against the closed attribute table. */
export type Attribute = {
  /** From the top of the record, or from the element inside `element`. */
  readonly steps: readonly Step[];
  readonly type: ValueType;
  readonly caseExact: boolean;
};

export type CompareOp = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';
export type Literal = string | number | boolean | null;

/**
 * A question about a directory's records (RFC 7644 §3.4.2.2). SCIM parses it, storage turns it into SQL.
 * `dateTime` literals are ISO 8601 in UTC. `element`: one and the same element of the list satisfies `where`.
 */
export type Condition =
  | { kind: 'and' | 'or'; terms: Condition[] }
  | { kind: 'not'; term: Condition }
  | { kind: 'compare'; attribute: Attribute; op: CompareOp; value: Literal }
  | { kind: 'present'; attribute: Attribute }
  | { kind: 'element'; attribute: Attribute; where: Condition };
