import type { ErrorCode, HubError } from '../domain/errors.ts';
import { ERROR } from './schema/urns.ts';

/** Keywords by which a SCIM client tells refusals apart (RFC 7644 §3.12, RFC 9865 §3.1). */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** A refusal in SCIM's words: nothing was changed. */
export class ScimFault extends Error {
  override readonly name = 'ScimFault';
  readonly status: number;
  readonly scimType: ScimType | null;
  /** One sentence for the administrator; Entra quotes it in its log, so it never holds a secret. */
  readonly detail: string;
  /** The attribute as the client named it, when the refusal is about one; never what a filter in its path compares. */
  readonly attribute: string | null;

  constructor(status: number, scimType: ScimType | null, detail: string, attribute: string | null = null) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
    this.attribute = attribute === null ? null : shown(attribute.split('[', 1)[0]!);
  }
}

/** Name of an attribute for use inside a sentence or an event: never the whole of a hostile one, and always storable. */
export const shown = (name: string): string => {
  const text = name.slice(0, 100).toWellFormed().replaceAll('\0', '\ufffd');
  return name.length > 100 ? `${text}…` : text;
};

/** A path for use inside a sentence: never what a filter in it compares. */
export function shownPath(path: string): string {
  const bracket = path.indexOf('[');
  return bracket < 0 ? shown(path) : `${shown(path.slice(0, bracket))}[…]`;
}

/** The filter does not parse, or asks what the server cannot answer exactly. */
export const invalidFilter = (detail: string) => new ScimFault(400, 'invalidFilter', detail);

/** The path of a PATCH operation does not parse or names nothing that can exist. */
export const invalidPath = (detail: string) => new ScimFault(400, 'invalidPath', detail);

/** The body has not the form of the message it should be. */
export const invalidSyntax = (detail: string) => new ScimFault(400, 'invalidSyntax', detail);

/** The value of the attribute is missing or of the wrong form. */
export const invalidValue = (attribute: string, why: string) =>
  new ScimFault(400, 'invalidValue', `${shown(attribute)} ${why}`, attribute);

/** The client wrote an attribute that only the server writes. */
export const mutability = (attribute: string) =>
  new ScimFault(400, 'mutability', `${shown(attribute)} cannot be changed by a client.`, attribute);

/** No value matches the filter of the path, and none can be made from it. */
export const noTarget = (path: string) =>
  new ScimFault(400, 'noTarget', `No value matches the path ${shownPath(path)}.`);

/** The request is larger than the server answers at once. */
export const tooMany = (detail: string) => new ScimFault(413, 'tooMany', detail);

/** The directory is told that there are no groups (seeds DS6). */
export const noGroups = () =>
  new ScimFault(404, null, 'There are no groups for this directory: groups is OFF in its policy.');

/** The body of an error response (RFC 7644 §3.12); the status is a string there. */
export type FaultBody = { schemas: string[]; status: string; scimType?: ScimType; detail: string };

/** Writes a refusal as the body of its response. */
export const faultBody = (fault: ScimFault): FaultBody => ({
  schemas: [ERROR],
  status: String(fault.status),
  ...(fault.scimType && { scimType: fault.scimType }),
  detail: fault.detail,
});

/** How SCIM says each refusal of the hub. A new code does not compile until it has its place here. */
const answers: Record<ErrorCode, { status: number; scimType: ScimType | null }> = {
  INVALID_INPUT: { status: 400, scimType: 'invalidValue' },
  REQUIRED: { status: 400, scimType: 'invalidValue' },
  NOT_UNIQUE: { status: 409, scimType: 'uniqueness' },
  NOT_FOUND: { status: 404, scimType: null },
  // Not 403: Entra takes that for bad credentials and stops the whole job (entra.md G), and one person's lock is no reason for it.
  FIELD_LOCKED: { status: 400, scimType: 'mutability' },
  // A conflict is logged against the one object and tried again in the next cycle, when the lock may be gone.
  USER_LOCKED: { status: 409, scimType: null },
  VERSION_CONFLICT: { status: 412, scimType: null },
  SEAT_LIMIT: { status: 403, scimType: null },
  // A held batch is released by a person; until then the same request is worth repeating.
  BRAKE_ENGAGED: { status: 503, scimType: null },
  NOT_ALLOWED: { status: 403, scimType: null },
  STALE_PREVIEW: { status: 409, scimType: null },
};

/** The refusal of a command, as SCIM says it. */
export function faultOf(error: HubError): ScimFault {
  const { status, scimType } = answers[error.code];
  return new ScimFault(status, scimType, error.message, error.details.path?.join('.') ?? error.details.field ?? null);
}
