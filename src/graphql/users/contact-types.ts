import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars/date-time.ts';

/** An e-mail address of a person. */
@ObjectType({ description: 'An e-mail address of a person.', simpleResolvers: true })
export class Email {
  @Field(() => String, { description: 'The address as it was given.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, such as work or home.' })
  type!: string | null;

  @Field(() => Boolean, { description: 'The one to write to: the one that is marked so, else the first.' })
  primary!: boolean;
}

/** A phone number of a person. */
@ObjectType({ description: 'A phone number of a person.', simpleResolvers: true })
export class PhoneNumber {
  @Field(() => String, { description: 'The number as it was given.' })
  value!: string;

  @Field(() => String, { nullable: true, description: 'What it is for, such as mobile or work.' })
  type!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number in one spelling for all, such as +4915123456789; null where no number can be read.',
  })
  e164!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a code showed that the number reaches the person; null once it is another number.',
  })
  verifiedAt!: string | null;

  @Field(() => Boolean, {
    description: 'True for a mobile or work number that can be called and is not verified.',
  })
  needsVerification!: boolean;
}
