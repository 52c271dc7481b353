import { Field, ObjectType } from 'type-graphql';

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
}
