import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What a change of switches would do.', simpleResolvers: true })
export class PolicyImpact {
  @Field(() => Int, { description: 'Teams that would become manual ones, with the people in them.' })
  teamsKept!: number;

  @Field(() => Int, { description: 'Teams that would be made.' })
  teamsMade!: number;

  @Field(() => Int, { description: 'Teams that would be removed; their people stay.' })
  teamsRemoved!: number;

  @Field(() => Int, { description: 'People who would join or leave a team, or be in one by hand from then on.' })
  peopleAffected!: number;

  @Field(() => [String], { description: 'The same in sentences, for an admin.' })
  notes!: string[];
}
