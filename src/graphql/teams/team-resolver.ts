import { Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { wireId } from '../../domain/ids.ts';
import type { TeamRow } from '../../domain/teams/team-reader.ts';
import { DirectoryGroup } from '../directories/group-type.ts';
import { loadGroupsOfTeam } from '../directories/load-directories.ts';
import { PageArgs } from '../page/page-args.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { UserConnection } from '../users/user-type.ts';
import { loadMemberCount, loadMembers } from './load-teams.ts';
import { Team } from './team-type.ts';

/** Fields of a team that follow from the row at once. */
export const teamPlain: PlainResolvers<TeamRow> = { id: (team) => wireId('team', team.id) };

/** Fields of a team that take a question of their own. */
@Resolver(() => Team)
export class TeamResolver {
  @FieldResolver(() => [DirectoryGroup], { description: 'Directory groups that put people into the team.' })
  groups(@Root() team: TeamRow, @Ctx() context: RequestContext) {
    return loadGroupsOfTeam(context, team.id);
  }

  @FieldResolver(() => UserConnection, {
    description: 'People of the team, by hand or through a directory group; the oldest first.',
  })
  members(@Root() team: TeamRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo, @Args() page: PageArgs) {
    return loadMembers(context, team.id, page, info.selection);
  }

  @FieldResolver(() => Int, { description: 'How many people the team has.' })
  memberCount(@Root() team: TeamRow, @Ctx() context: RequestContext) {
    return loadMemberCount(context, team.id);
  }
}
