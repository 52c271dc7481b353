import { Arg, Args, ArgsType, Ctx, Field, ID, Info, InputType, Query, Resolver } from 'type-graphql';
import { uuidOf } from '../../domain/ids.ts';
import type { TeamCondition } from '../../domain/teams/team-reader.ts';
import type { TeamOrigin } from '../../domain/teams/team-store.ts';
import { checkTest } from '../../domain/users/sight.ts';
import { Connection } from '../page/connection.ts';
import { sliceOf } from '../page/cursor.ts';
import { PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { textTestOf } from '../users/where.ts';
import { StringFilter } from '../users/where-types.ts';
import { loadTeam, teamColumns, teamOrder } from './load-teams.ts';
import { Team, TeamConnection, TeamOriginEnum } from './team-type.ts';

@InputType({ description: 'A question about teams; all that is given must hold.' })
class TeamWhere {
  @Field(() => StringFilter, { nullable: true, description: 'The name.' })
  name?: StringFilter | null;

  @Field(() => TeamOriginEnum, { nullable: true, description: 'Where the team comes from.' })
  origin?: string | null;

  @Field(() => ID, { nullable: true, description: 'Teams that this person is in.' })
  member?: string | null;
}

@ArgsType()
class TeamsArgs extends PageArgs {
  @Field(() => TeamWhere, { nullable: true, description: 'Only those of which this holds.' })
  where?: TeamWhere | null;
}

/** Questions about teams. */
@Resolver()
export class TeamQueries {
  @Query(() => Team, { nullable: true, description: 'The team of that id; null when there is none.' })
  team(
    @Arg('id', () => ID, { description: 'Id of the team.' }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
  ) {
    return loadTeam(context, uuidOf('team', id) ?? NO_TEAM, info.selection.names);
  }

  @Query(() => TeamConnection, { description: 'Teams by name.' })
  async teams(@Args() args: TeamsArgs, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const slice = sliceOf(args, teamOrder, info.selection);
    const where = conditionOf(args.where ?? {});
    const page = await context.reads.teams.list(where, slice, teamColumns(info.selection.nodes));
    return new Connection(page, slice, teamOrder, () => context.reads.teams.count(where));
  }
}

/** An id that no team has. */
const NO_TEAM = '00000000-0000-0000-0000-000000000000';

function conditionOf({ name, origin, member }: TeamWhere): TeamCondition {
  const test = name ? textTestOf(name) : null;
  if (test) checkTest(test, 'name');
  return {
    ...(test ? { name: test } : {}),
    ...(origin ? { origin: origin as TeamOrigin } : {}),
    ...(member ? { member: uuidOf('usr', member) } : {}),
  };
}
