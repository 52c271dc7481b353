import { Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql';
import { prefixOf } from '../../domain/credentials/secret.ts';
import type { GroupRow, TokenRow } from '../../domain/directories/directory-reader.ts';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { wireId } from '../../domain/ids.ts';
import type { LinkRow } from '../../domain/users/user-reader.ts';
import { PageArgs } from '../page/page-args.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadTeam } from '../teams/load-teams.ts';
import { Team } from '../teams/team-type.ts';
import { DirectoryLink } from '../users/link-types.ts';
import { Directory, DirectoryToken } from './directory-type.ts';
import { DirectoryGroup, DirectoryGroupConnection } from './group-type.ts';
import { loadDirectory, loadGroupMemberCount, loadGroupsOf, loadTokens } from './load-directories.ts';

/** Fields of a directory that follow from the row at once. */
export const directoryPlain: PlainResolvers<DirectoryRow> = {
  id: (directory) => wireId('dir', directory.id),
  scimBaseUrl: (_directory, _args, context) => `${context.publicUrl}/scim/v2`,
};

/** Fields of a token that follow from the row at once. */
export const tokenPlain: PlainResolvers<TokenRow> = {
  id: (token) => wireId('key', token.id),
  prefix: (token) => prefixOf('scim', token.keyId),
};

/** Fields of a group that follow from the row at once. */
export const groupPlain: PlainResolvers<GroupRow> = { id: (group) => wireId('grp', group.id) };

/** Fields of a directory that take a question of their own. */
@Resolver(() => Directory)
export class DirectoryResolver {
  @FieldResolver(() => [DirectoryToken], { description: 'Its tokens, the newest first; ended ones too.' })
  tokens(@Root() directory: DirectoryRow, @Ctx() context: RequestContext) {
    return loadTokens(context, directory.id);
  }

  @FieldResolver(() => DirectoryGroupConnection, { description: 'Its groups by name.' })
  groups(
    @Root() directory: DirectoryRow,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
    @Args() page: PageArgs,
  ) {
    return loadGroupsOf(context, directory.id, page, info.selection);
  }
}

/** Fields of a group that take a question of their own. */
@Resolver(() => DirectoryGroup)
export class GroupResolver {
  @FieldResolver(() => Directory, { description: 'The directory that holds it.' })
  directory(@Root() group: GroupRow, @Ctx() context: RequestContext) {
    return loadDirectory(context, group.directoryId);
  }

  @FieldResolver(() => Int, { description: 'How many people it has.' })
  memberCount(@Root() group: GroupRow, @Ctx() context: RequestContext) {
    return loadGroupMemberCount(context, group.id);
  }

  @FieldResolver(() => Team, { nullable: true, description: 'The team that policy makes of it.' })
  team(@Root() group: GroupRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return group.teamId === null ? null : loadTeam(context, group.teamId, info.selection.names);
  }
}

/** The directory of a tie. */
@Resolver(() => DirectoryLink)
export class LinkResolver {
  @FieldResolver(() => Directory, { description: 'The directory that holds the person.' })
  directory(@Root() link: LinkRow, @Ctx() context: RequestContext) {
    return loadDirectory(context, link.directoryId);
  }
}
