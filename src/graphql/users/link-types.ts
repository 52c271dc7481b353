import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars/date-time.ts';
import { LockReasonEnum } from './enums.ts';

/** The tie of a person to a directory; the directory itself has a resolver. */
@ObjectType({
  description: 'The tie of a person to a directory that holds them, or that did when it was disconnected.',
  simpleResolvers: true,
})
export class DirectoryLink {
  @Field(() => String, { nullable: true, description: 'What the directory calls the person.' })
  externalId!: string | null;

  @Field(() => DateTime, { description: 'When the directory first sent the person.' })
  linkedAt!: string;
}

/** Why a person cannot be edited. */
@ObjectType({ description: 'Why a person cannot be edited.', simpleResolvers: true })
export class UserLock {
  @Field(() => LockReasonEnum, { description: 'What locked the person.' })
  reason!: string;

  @Field(() => DateTime, { description: 'Since when.' })
  since!: string;

  @Field(() => Boolean, { description: 'True when deleteUser works all the same.' })
  deletable!: boolean;
}
