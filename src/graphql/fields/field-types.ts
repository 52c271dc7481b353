import { Field, Int, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';
import { JsonScalar } from '../scalars/json.ts';
import { EditorEnum, FieldTypeEnum, SourceKindEnum, SourceOfTruthEnum } from './enums.ts';

/** What is known of a field. */
@ObjectType({ implements: Node, description: 'What is known of a field.', simpleResolvers: true })
export class FieldDefinition extends Node {
  @Field(() => String, { description: 'Its name in inputs, filters and events.' })
  key!: string;

  @Field(() => String, { description: 'Its name for people.' })
  label!: string;

  @Field(() => String, { description: 'One sentence about it.' })
  about!: string;

  @Field(() => FieldTypeEnum, { description: 'What a value is.' })
  type!: string;

  @Field(() => Boolean, { description: 'True when the value is a list.' })
  multiValued!: boolean;

  @Field(() => Boolean, { description: 'True for a field that the tenant added.' })
  custom!: boolean;

  @Field(() => Boolean, { description: 'True when reading it takes the scope users:read.sensitive.' })
  sensitive!: boolean;

  @Field(() => String, { nullable: true, description: 'SCIM path a directory writes it by; null: none may write it.' })
  scimPath!: string | null;
}

/** Who decides the value of a field. */
@ObjectType({ description: 'Who decides the value of a field, and who may edit it.', simpleResolvers: true })
export class FieldRule {
  @Field(() => FieldDefinition, { description: 'The field.' })
  field!: unknown;

  @Field(() => SourceOfTruthEnum, { description: 'Who decides.' })
  sourceOfTruth!: string;

  @Field(() => [EditorEnum], { description: 'Who may edit it while the directory does not own it.' })
  editableBy!: string[];

  @Field(() => Int, { description: 'Grows by one with every change; 0 for a rule that nobody has set.' })
  version!: number;
}

/** What gives a value. */
@ObjectType({ description: 'What gives a value.', simpleResolvers: true })
export class FieldSource {
  @Field(() => SourceKindEnum, { description: 'Its kind.' })
  kind!: string;
}

/** One value that one source gives. */
@ObjectType({ description: 'One value that one source gives.', simpleResolvers: true })
export class Assertion {
  @Field(() => JsonScalar, { nullable: true, description: 'The value; null where the source says that there is none.' })
  value!: unknown;

  @Field(() => FieldSource, { description: 'The source.' })
  source!: unknown;

  @Field(() => DateTime, { description: 'When it was given.' })
  at!: string;

  @Field(() => String, {
    description: 'Id of the key or directory that gave it, with " for " and the id of the person on whose behalf.',
  })
  actor!: string;

  @Field(() => String, { nullable: true, description: 'The request that gave it.' })
  requestId!: string | null;
}

/** A field of one person. */
@ObjectType({ description: 'A field of one person with everything that is said of it.', simpleResolvers: true })
export class FieldState {
  @Field(() => FieldDefinition, { description: 'The field.' })
  definition!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'The value that counts.' })
  value!: unknown;

  @Field(() => FieldRule, { description: 'The rule that decides it.' })
  rule!: unknown;

  @Field(() => Assertion, { nullable: true, description: 'What counts; null when no source has given a value.' })
  winner!: unknown;

  @Field(() => [Assertion], {
    description: 'Every other live assertion, best first. Nothing is lost when ownership changes.',
  })
  shadowed!: unknown[];

  @Field(() => Boolean, { description: 'True when updateUser of this caller would take a value.' })
  viewerCanEdit!: boolean;
}
