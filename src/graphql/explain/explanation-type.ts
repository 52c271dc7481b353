import { Field, ObjectType } from 'type-graphql';

/** Why something is as it is. */
@ObjectType({
  description: 'Why something is as it is, in sentences made of what is stored.',
  simpleResolvers: true,
})
export class Explanation {
  @Field(() => Boolean, { description: 'True when there is something: a value of the field, the role.' })
  held!: boolean;

  @Field(() => [String], { description: 'How it came to be, in order.' })
  steps!: string[];

  @Field(() => [String], { description: 'What would have to happen for it to be otherwise.' })
  missing!: string[];
}
