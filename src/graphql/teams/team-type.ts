import { Field, Int, ObjectType } from 'type-graphql';
import type { TeamOrigin } from '../../domain/teams/team-store.ts';
import { enumOf } from '../enum-of.ts';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';
import { DateTime } from '../scalars/date-time.ts';

/** TeamOrigin. */
export const TeamOriginEnum = enumOf<TeamOrigin>('TeamOrigin', 'Where a team comes from.', {
  MANUAL: 'Made by hand.',
  PROJECTED: 'Made from a directory group.',
  CENTRAL: 'The one team for all people of a directory.',
});

/** A team; fields that need another question are in the resolvers beside this. */
@ObjectType({ implements: Node, description: 'A team of the product.', simpleResolvers: true })
export class Team extends Node {
  @Field(() => Int, { description: 'Grows by one with every change of name or description.' })
  version!: number;

  @Field(() => String, { description: 'Name shown to people.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What the team is for.' })
  description!: string | null;

  @Field(() => TeamOriginEnum, { description: 'Where the team comes from.' })
  origin!: string;

  @Field(() => DateTime, { description: 'When the team was made.' })
  createdAt!: string;

  @Field(() => DateTime, { description: 'When its name or description last changed.' })
  updatedAt!: string;
}

/** A page of teams. */
export const TeamConnection = connectionType('Team', () => Team, 'teams');
