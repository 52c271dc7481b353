import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Resolver, Root } from 'type-graphql';
import { linkGroup, unlinkGroup } from '../../domain/groups/link-group.ts';
import { addTeamMembers, removeTeamMembers } from '../../domain/teams/change-team-members.ts';
import { createTeam } from '../../domain/teams/create-team.ts';
import { deleteTeam } from '../../domain/teams/delete-team.ts';
import type { Team as DomainTeam } from '../../domain/teams/team-store.ts';
import { updateTeam } from '../../domain/teams/update-team.ts';
import { attempt } from '../problems/attempt.ts';
import { DeletePayload } from '../problems/delete-payload.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadTeam } from './load-teams.ts';
import { Team } from './team-type.ts';

const TeamPayload = payloadType('TeamPayload', {
  team: { type: () => Team, nullable: true, about: 'The team as it is now.' },
});

type TeamPayloadRow = { teamId?: string };

const changed = (team: DomainTeam): TeamPayloadRow => ({ teamId: team.id });

/** Commands about teams. */
@Resolver()
export class TeamMutations {
  @Mutation(() => TeamPayload, { description: 'Makes a team by hand.' })
  createTeam(
    @Arg('name', () => String, { description: 'Its name.' }) name: string,
    @Arg('description', () => String, { nullable: true, description: 'What it is for.' })
    description: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, createTeam, { name, description }, changed);
  }

  @Mutation(() => TeamPayload, { description: 'Renames or describes a team: what is absent stays, null clears.' })
  updateTeam(
    @Arg('id', () => ID, { description: 'The team.' }) id: string,
    @Arg('name', () => String, { nullable: true, description: 'Its name; it cannot be cleared.' })
    name: string | null | undefined,
    @Arg('description', () => String, { nullable: true, description: 'What it is for.' })
    description: string | null | undefined,
    @Arg('ifVersion', () => Int, { nullable: true, description: 'Refuse unless this version stands.' })
    ifVersion: number | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, updateTeam, { id, name, description, ifVersion }, changed);
  }

  @Mutation(() => DeletePayload, { description: 'Deletes a team made by hand; its people stay.' })
  deleteTeam(@Arg('id', () => ID, { description: 'The team.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, deleteTeam, { id }, () => ({ deletedId: id }));
  }

  @Mutation(() => TeamPayload, { description: 'Adds people to a team: all of them, or none.' })
  addTeamMembers(
    @Arg('id', () => ID, { description: 'The team.' }) id: string,
    @Arg('users', () => [ID], { description: 'The people.' }) users: string[],
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, addTeamMembers, { id, users }, changed);
  }

  @Mutation(() => TeamPayload, {
    description: 'Takes people out of a team; refused for those whom a directory group puts there.',
  })
  removeTeamMembers(
    @Arg('id', () => ID, { description: 'The team.' }) id: string,
    @Arg('users', () => [ID], { description: 'The people.' }) users: string[],
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, removeTeamMembers, { id, users }, changed);
  }

  @Mutation(() => TeamPayload, {
    description:
      'Makes a directory group one of that team, beside others. Its own team goes, unless somebody changed it by hand.',
  })
  linkGroup(
    @Arg('group', () => ID, { description: 'The directory group.' }) group: string,
    @Arg('team', () => ID, { description: 'The team; not a central one.' }) team: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, linkGroup, { group, team }, changed);
  }

  @Mutation(() => TeamPayload, {
    description: 'Takes a group out of the team it was linked to. Answers with the team that it now makes, if any.',
  })
  unlinkGroup(
    @Arg('group', () => ID, { description: 'The directory group.' }) group: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, unlinkGroup, { group }, (team): TeamPayloadRow => (team ? changed(team) : {}));
  }
}

/** The team of a payload. */
@Resolver(() => TeamPayload)
export class TeamPayloadResolver {
  @FieldResolver()
  team(@Root() payload: TeamPayloadRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return payload.teamId ? loadTeam(context, payload.teamId, info.selection.names) : null;
  }
}
