import { Field, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars/date-time.ts';
import { BrakeDecisionEnum, BrakeReasonEnum } from './enums.ts';

/** What a brake holds. */
@ObjectType({ description: 'How much a brake holds until somebody decides.', simpleResolvers: true })
export class BrakeHeld {
  @Field(() => Int, { description: 'People who were deactivated.' })
  deactivations!: number;

  @Field(() => Int, { description: 'People who were deleted.' })
  deletions!: number;

  @Field(() => Int, { description: 'Memberships that were ended.' })
  removals!: number;

  @Field(() => Int, { description: 'People who were made.' })
  creates!: number;
}

/** A brake that is on; whom it holds has a resolver. */
@ObjectType({ description: 'A brake that is on: mass changes of its directory are held.', simpleResolvers: true })
export class Brake {
  @Field(() => DateTime, { description: 'When it tripped.' })
  trippedAt!: string;

  @Field(() => BrakeReasonEnum, { description: 'What was too much.' })
  reason!: string;

  @Field(() => Int, { description: 'How many people were counted, from the hour before it tripped.' })
  counted!: number;

  @Field(() => Int, { description: 'How many people it lets pass.' })
  limit!: number;

  @Field(() => BrakeDecisionEnum, { nullable: true, description: 'The decision that is being carried out.' })
  decision!: string | null;

  @Field(() => BrakeHeld, { description: 'What it holds.' })
  held!: BrakeHeld;
}
