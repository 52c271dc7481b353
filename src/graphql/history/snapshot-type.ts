import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars/date-time.ts';
import { JsonScalar } from '../scalars/json.ts';
import { UserStatusEnum } from '../users/enums.ts';

/** The value of one field at a moment. */
@ObjectType({ description: 'The value of one field at that moment.', simpleResolvers: true })
export class SnapshotField {
  @Field(() => String, { description: 'Key of the field.' })
  key!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The value that counted.' })
  value!: unknown;
}

/** A person at a moment of the past. */
@ObjectType({ description: 'A person as they were at that moment.', simpleResolvers: true })
export class UserSnapshot {
  @Field(() => DateTime, { description: 'The moment.' })
  at!: string;

  @Field(() => UserStatusEnum, { description: 'Where the person stood.' })
  status!: string;

  @Field(() => String, { description: 'Their userName.' })
  userName!: string;

  @Field(() => [SnapshotField], { description: 'The fields that had a value.' })
  fields!: SnapshotField[];

  @Field(() => [String], { description: 'The teams they were in, by the names these had, in order.' })
  teams!: string[];

  @Field(() => [String], {
    description:
      'The app roles that their directories gave them, and the keys of the roles they had been given directly; in order.',
  })
  roles!: string[];
}
