import type { ErrorCode, HubError } from '../../domain/errors.ts';
import { fieldOf, type Policy } from '../../domain/policy.ts';
import { definitionRow, ruleRow } from '../fields/field-rows.ts';

type ProblemType = 'InputProblem' | 'SeatLimitProblem' | 'FieldLockedProblem' | 'VersionConflictProblem';

/** The type that says each refusal; a new code does not compile until it has one. */
const types: Record<ErrorCode, ProblemType> = {
  INVALID_INPUT: 'InputProblem',
  REQUIRED: 'InputProblem',
  NOT_UNIQUE: 'InputProblem',
  NOT_FOUND: 'InputProblem',
  FIELD_LOCKED: 'FieldLockedProblem',
  USER_LOCKED: 'InputProblem',
  VERSION_CONFLICT: 'VersionConflictProblem',
  SEAT_LIMIT: 'SeatLimitProblem',
  BRAKE_ENGAGED: 'InputProblem',
  NOT_ALLOWED: 'InputProblem',
  STALE_PREVIEW: 'InputProblem',
};

/** A refusal and all that came with it, as values of the schema. */
export const problemsOf = (error: HubError, policy: Policy): object[] =>
  [error, ...error.more].map((one) => problemOf(one, policy));

function problemOf({ code, message, details }: HubError, policy: Policy): object {
  const plain = { __typename: 'InputProblem', code, message, path: details.path ?? null };
  const { field, directoryId, currentVersion } = details;
  if (types[code] === 'VersionConflictProblem' && currentVersion !== undefined) {
    return { ...plain, __typename: 'VersionConflictProblem', currentVersion };
  }
  if (types[code] === 'SeatLimitProblem') return { ...plain, __typename: 'SeatLimitProblem' };
  // A userName is no field, and a directory may own it all the same.
  if (types[code] !== 'FieldLockedProblem' || !field || !fieldOf(policy, field)) return plain;
  return {
    ...plain,
    __typename: 'FieldLockedProblem',
    field: definitionRow(policy, field),
    rule: ruleRow(policy, field),
    source: { kind: 'DIRECTORY', directoryId: directoryId ?? null },
  };
}
