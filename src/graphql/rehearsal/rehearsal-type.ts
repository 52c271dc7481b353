import { Field, Int, ObjectType } from 'type-graphql';
import type { RehearsalPhase } from '../../domain/rehearsal/rehearsal.ts';
import { enumOf } from '../enum-of.ts';
import { DateTime } from '../scalars/date-time.ts';

/** RehearsalPhase. */
export const RehearsalPhaseEnum = enumOf<RehearsalPhase>('RehearsalPhase', 'How far a rehearsal is.', {
  COPYING: 'It is being prepared; the directory is asked to try again.',
  OPEN: 'The directory is answered as if it wrote.',
  ACCEPTING: 'What it would have done is being done; the directory is asked to try again.',
});

/** What a directory would do. */
@ObjectType({
  description:
    'What a directory that rehearses would have done so far; each person and group counts once under a heading.',
  simpleResolvers: true,
})
export class Rehearsal {
  @Field(() => RehearsalPhaseEnum, { description: 'How far it is.' })
  phase!: string;

  @Field(() => DateTime, { description: 'When it began.' })
  startedAt!: string;

  @Field(() => Int, { description: 'Its requests, those that only read too.' })
  requests!: number;

  @Field(() => Int, { description: 'People it would make.' })
  created!: number;

  @Field(() => Int, { description: 'People it would change or take over.' })
  updated!: number;

  @Field(() => Int, { description: 'People whose access it would end.' })
  deactivated!: number;

  @Field(() => Int, { description: 'People it would delete or let go.' })
  deleted!: number;

  @Field(() => Int, { description: 'Groups it would make.' })
  groupsCreated!: number;

  @Field(() => Int, { description: 'Groups it would change, apart from their members.' })
  groupsUpdated!: number;

  @Field(() => Int, { description: 'Groups it would delete.' })
  groupsDeleted!: number;

  @Field(() => Int, { description: 'How often somebody would join a group.' })
  membersAdded!: number;

  @Field(() => Int, { description: 'How often somebody would leave a group.' })
  membersRemoved!: number;

  @Field(() => Int, { description: 'What was refused, and would be.' })
  refused!: number;
}
