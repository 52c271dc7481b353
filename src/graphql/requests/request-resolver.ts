import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Int, Resolver, Root } from 'type-graphql';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { wireId } from '../../domain/ids.ts';
import type { RequestRow, SyncRunRow } from '../../domain/requests/request-reader.ts';
import { failedBy, skippedBy } from '../../domain/requests/sync-run.ts';
import { seesSensitive } from '../../domain/users/sensitive.ts';
import { Directory } from '../directories/directory-type.ts';
import { DirectoryGroup } from '../directories/group-type.ts';
import { loadGroup } from '../directories/load-directories.ts';
import { Event } from '../events/event-type.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { JsonScalar } from '../scalars/json.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { loadBodies, loadChangesOf, loadRequests, loadRuns } from './load-requests.ts';
import { ScimRequest, ScimRequestConnection, SyncRunConnection } from './request-type.ts';
import { plainPath } from './shown-path.ts';

const firstText = 'How many at most, from 1 to 100.';
const afterText = 'Go on after this cursor.';

@ArgsType()
class RequestsArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: firstText })
  first?: number | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: only those that were refused or failed; false: the others.',
  })
  failed?: boolean | null;

  @Field(() => ID, { nullable: true, description: 'Only those about this person or directory group.' })
  subject?: string | null;
}

@ArgsType()
class SyncRunsArgs {
  @Field(() => Int, { nullable: true, defaultValue: 10, description: firstText })
  first?: number | null;

  @Field(() => String, { nullable: true, description: afterText })
  after?: string | null;
}

/** Fields of a request that follow from the row at once. */
export const requestPlain: PlainResolvers<RequestRow> = {
  id: ({ id }) => wireId('req', id),
  rehearsed: ({ rehearsedIn }) => rehearsedIn !== null,
  path: ({ path }, _args, context) => (seesSensitive(context.actor) ? path : plainPath(path)),
};

/** Fields of a run that follow from the row at once. */
export const runPlain: PlainResolvers<SyncRunRow> = { id: ({ id }) => wireId('run', id), skippedBy, failedBy };

/** What a directory asked for, and when it worked. */
@Resolver(() => Directory)
export class DirectoryLogResolver {
  @FieldResolver(() => ScimRequestConnection, {
    description: 'Its requests, the newest first, for as long as they are kept.',
  })
  requests(
    @Root() directory: DirectoryRow,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
    @Args() args: RequestsArgs,
  ) {
    return loadRequests(context, directory.id, args, info.selection);
  }

  @FieldResolver(() => SyncRunConnection, { description: 'Its runs, the newest first.' })
  syncRuns(
    @Root() directory: DirectoryRow,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
    @Args() args: SyncRunsArgs,
  ) {
    return loadRuns(context, directory.id, args, info.selection);
  }
}

/** Fields of a request that take a question of their own. */
@Resolver(() => ScimRequest)
export class RequestResolver {
  @FieldResolver(() => User, { nullable: true, description: 'The person that it was about, as they are now.' })
  user(@Root() request: RequestRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const { subjectKind, subjectId } = request;
    return subjectKind === 'usr' ? loadUser(context, subjectId!, info.selection.names) : null;
  }

  @FieldResolver(() => DirectoryGroup, { nullable: true, description: 'The group that it was about, as it is now.' })
  group(@Root() request: RequestRow, @Ctx() context: RequestContext) {
    return request.subjectKind === 'grp' ? loadGroup(context, request.subjectId!) : null;
  }

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description: 'What was sent, without secrets and in parts; null without the scope users:read.sensitive.',
  })
  requestBody(@Root() request: RequestRow, @Ctx() context: RequestContext) {
    return bodyOf(context, request, 'requestBody');
  }

  @FieldResolver(() => JsonScalar, {
    nullable: true,
    description: 'What was answered, likewise; of a list, the ids, of a resource, nothing.',
  })
  responseBody(@Root() request: RequestRow, @Ctx() context: RequestContext) {
    return bodyOf(context, request, 'responseBody');
  }

  @FieldResolver(() => [Event], { description: 'What it did, the oldest first: at most 1,000 events.' })
  changes(@Root() request: RequestRow, @Ctx() context: RequestContext) {
    return loadChangesOf(context, request);
  }
}

async function bodyOf(context: RequestContext, { id }: RequestRow, name: 'requestBody' | 'responseBody') {
  if (!seesSensitive(context.actor)) return null;
  const text = (await loadBodies(context, id))?.[name];
  return text ? JSON.parse(text) : null;
}
