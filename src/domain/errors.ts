/** Every reason for which a command refuses; each adapter says all of them in its own language. */
export type ErrorCode =
  | 'INVALID_INPUT'
  | 'REQUIRED'
  | 'NOT_UNIQUE'
  | 'NOT_FOUND'
  | 'FIELD_LOCKED'
  | 'USER_LOCKED'
  | 'VERSION_CONFLICT'
  | 'SEAT_LIMIT'
  | 'BRAKE_ENGAGED'
  | 'NOT_ALLOWED'
  | 'STALE_PREVIEW';

/** What a refusal may carry besides its sentence. */
export type ErrorDetails = {
  /** Where in the input: attribute or argument names, outermost first. */
  path?: string[];
  /** Key of the field that is locked. */
  field?: string;
  /** The directory that owns the locked field, as a stored id. */
  directoryId?: string;
  /** The version that stands, after a VERSION_CONFLICT. */
  currentVersion?: number;
  /** Set where a policy that is newer than the one remembered may not refuse. */
  policyBound?: true;
  /** Whom an admin has to decide about, as a stored id, and why. */
  asks?: { userId: string; reason: 'EMAIL' | 'USER_NAME' };
  /** The person that a refusal is about, as a wire id. */
  subject?: string;
};

/** A command's refusal: nothing was changed. Its message is one sentence for people and names the attribute. */
export class HubError extends Error {
  override readonly name = 'HubError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** Further refusals of the same input, where it is worth saying all of them at once. */
  more: HubError[] = [];

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Throws all of them as one refusal, unless there is none. */
export function refuse([first, ...more]: HubError[]): void {
  if (!first) return;
  first.more = more;
  throw first;
}

/** The row changed between reading and writing; `run` tries again. Never leaves the domain. */
export class StaleWrite extends Error {
  override readonly name = 'StaleWrite';
}

/** A directory is between two states, for some seconds: what it asks is worth asking again. */
export class NotNow extends Error {
  override readonly name = 'NotNow';

  constructor(who: string) {
    super(`${who} begins or ends a rehearsal; try again in a moment.`);
  }
}

/** The refusal for an id that names nothing the caller may see. */
export const notFound = (what: string, id: string) =>
  new HubError('NOT_FOUND', `There is no ${what} ${id}.`, { path: ['id'] });

/** The refusal for a value of the wrong form, at that place of the input. */
export const invalid = (path: string[], message: string) => new HubError('INVALID_INPUT', message, { path });

/** Refuses with VERSION_CONFLICT unless nobody asked for a version or it is the one that stands. */
export function demandVersion(current: number, expected?: number | null): void {
  if (expected === undefined || expected === null || expected === current) return;
  throw new HubError('VERSION_CONFLICT', `This was changed meanwhile: version ${current} stands, not ${expected}.`, {
    path: ['ifVersion'],
    currentVersion: current,
  });
}
