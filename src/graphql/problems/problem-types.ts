import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { ErrorCode } from '../../domain/errors.ts';
import { enumOf } from '../enum-of.ts';
import { FieldDefinition, FieldRule, FieldSource } from '../fields/field-types.ts';

/** Each reason for which a command refuses, in words; a new one does not compile until it has them. */
const reasons: Record<ErrorCode, string> = {
  INVALID_INPUT: 'A value is not of the right form.',
  REQUIRED: 'A value is missing.',
  NOT_UNIQUE: 'Another one has that value, which must be unique.',
  NOT_FOUND: 'An id or key names nothing.',
  FIELD_LOCKED: 'A directory owns the field.',
  USER_LOCKED: 'A directory decides over the person.',
  VERSION_CONFLICT: 'It was changed since it was read.',
  SEAT_LIMIT: 'There is no free seat.',
  BRAKE_ENGAGED: 'The brake on mass changes holds this back.',
  NOT_ALLOWED: 'The caller may not do this, or nobody may.',
  STALE_PREVIEW: 'What the preview showed no longer stands.',
};

/** ProblemCode. */
export const ProblemCodeEnum = enumOf<ErrorCode>('ProblemCode', 'Why a command was refused.', reasons);

/** A refusal; values carry `__typename`. */
@InterfaceType({ description: 'Why a command was refused. Nothing was changed.', autoRegisterImplementations: true })
export abstract class Problem {
  @Field(() => ProblemCodeEnum, { description: 'The reason, for programs.' })
  code!: string;

  @Field(() => String, { description: 'The reason, for people.' })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'Where in the input, outermost first.' })
  path!: string[] | null;
}

/** A refusal that needs no more words. */
@ObjectType({ implements: Problem, description: 'A refusal that needs no more words.', simpleResolvers: true })
export class InputProblem extends Problem {}

/** A field that a directory owns. */
@ObjectType({ implements: Problem, description: 'A directory owns the field.', simpleResolvers: true })
export class FieldLockedProblem extends Problem {
  @Field(() => FieldDefinition, { description: 'The field.' })
  field!: unknown;

  @Field(() => FieldRule, { description: 'The rule that gives it to the directory.' })
  rule!: unknown;

  @Field(() => FieldSource, { description: 'The directory.' })
  source!: unknown;
}

/** A version that is no longer the one that stands. */
@ObjectType({ implements: Problem, description: 'It was changed since it was read.', simpleResolvers: true })
export class VersionConflictProblem extends Problem {
  @Field(() => Int, { description: 'The version that stands.' })
  currentVersion!: number;
}
