import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Problem } from '../problems/problem-types.ts';
import { DateTime } from '../scalars/date-time.ts';
import { JsonScalar } from '../scalars/json.ts';

/** A value that a rule change would change. */
@ObjectType({ description: 'A value that a rule change would change.', simpleResolvers: true })
export class FieldChange {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The value that counts now.' })
  from!: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'The value that would count.' })
  to!: unknown;
}

/** What a rule change would do. */
@ObjectType({ description: 'What a rule change would do, before it does it.', simpleResolvers: true })
export class FieldRuleImpact {
  @Field(() => ID, { description: 'For applyFieldRules, within an hour.' })
  token!: string;

  @Field(() => Int, { description: 'How many people have more than one source, so that a rule decides between them.' })
  usersExamined!: number;

  @Field(() => Int, { description: 'How many people would get another value.' })
  usersChanged!: number;

  @Field(() => Int, { description: 'How many values would change.' })
  valuesChanged!: number;

  @Field(() => [FieldChange], { description: 'The first 20 of these values, the oldest people first.' })
  sample!: unknown[];

  @Field(() => [Problem], {
    description: 'People who would get a value that must be unique; none while no field that a rule decides must be.',
  })
  clashes!: object[];
}

/** How far a rule change is. */
@ObjectType({ description: 'How far the newest change of rules is.', simpleResolvers: true })
export class FieldRulesProgress {
  @Field(() => Int, { description: 'The version of the rules, which grows with every change of them.' })
  version!: number;

  @Field(() => Int, { description: 'How many people are looked at: those with more than one source.' })
  total!: number;

  @Field(() => Int, { description: 'How many of them are done.' })
  done!: number;

  @Field(() => Int, { description: 'How many people have got another value so far.' })
  usersChanged!: number;

  @Field(() => DateTime, { description: 'When it began.' })
  startedAt!: string;

  @Field(() => DateTime, { nullable: true, description: 'When all of them were done; null while it is under way.' })
  finishedAt!: string | null;
}
