import { Field, Int, ObjectType } from 'type-graphql';
import { payloadType } from '../problems/payload-type.ts';
import { Problem } from '../problems/problem-types.ts';

/** How seats stand. */
@ObjectType({ description: 'How many people have access, of how many that may.', simpleResolvers: true })
export class SeatUsage {
  @Field(() => Int, { nullable: true, description: 'How many may; null: any number.' })
  limit!: number | null;

  @Field(() => Int, {
    description: 'How many seats are taken. Stakeholders take none; deactivated people keep theirs.',
  })
  used!: number;

  @Field(() => Int, { description: 'How many people wait for a seat.' })
  parked!: number;
}

/** No seat is left. */
@ObjectType({ implements: Problem, description: 'No seat is left.', simpleResolvers: true })
export class SeatLimitProblem extends Problem {
  @Field(() => SeatUsage, { description: 'How seats stand.' })
  seats!: unknown;
}

/** What comes of a change of the limit. */
export const SeatsPayload = payloadType('SeatsPayload', {
  seats: { type: () => SeatUsage, nullable: false, about: 'How seats stand now.' },
});
