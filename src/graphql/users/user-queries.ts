import { Arg, Args, ArgsType, Ctx, Field, ID, Info, Query, Resolver } from 'type-graphql';
import { HubError, invalid } from '../../domain/errors.ts';
import { uuidOf } from '../../domain/ids.ts';
import { isStorable } from '../../domain/users/check-value.ts';
import type { UserName } from '../../domain/users/user-reader.ts';
import { PageArgs } from '../page/page-args.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { columnsFor } from './columns.ts';
import { listUsers } from './list-users.ts';
import { loadUser } from './load-users.ts';
import { User, UserConnection } from './user-type.ts';
import { UserOrder, UserWhere } from './where-types.ts';

@ArgsType()
class StakeholdersArgs extends PageArgs {
  @Field(() => UserWhere, { nullable: true, description: 'Only those of whom this holds.' })
  where?: UserWhere | null;
}

@ArgsType()
class UsersArgs extends StakeholdersArgs {
  @Field(() => [UserOrder], { nullable: true, description: 'The order; the oldest first unless told otherwise.' })
  orderBy?: UserOrder[] | null;
}

@ArgsType()
class UserByArgs {
  @Field(() => String, { nullable: true, description: 'The userName, whatever its case.' })
  userName?: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address at work; of several people, the oldest.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'What the directory calls the person.' })
  externalId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The directory that externalId is of.' })
  directory?: string | null;
}

/** Questions about people. */
@Resolver()
export class UserQueries {
  @Query(() => User, { nullable: true, description: 'The person of that id; null when there is none.' })
  user(
    @Arg('id', () => ID, { description: 'Id of the person.' }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
  ) {
    const uuid = uuidOf('usr', id) ?? NOBODY;
    return loadUser(context, uuid, info.selection.names);
  }

  @Query(() => User, {
    nullable: true,
    description: 'The person of that userName, e-mail address or externalId: exactly one; externalId needs directory.',
  })
  userBy(@Args() args: UserByArgs, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return context.reads.users.byName(
      nameOf(args),
      columnsFor(info.selection.names, context).list,
      context.sightByName,
    );
  }

  @Query(() => UserConnection, { description: 'People, stakeholders among them.' })
  users(@Args() args: UsersArgs, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return listUsers(context, args, info.selection);
  }

  @Query(() => UserConnection, { description: 'People who are kept informed and use no seat.' })
  stakeholders(@Args() args: StakeholdersArgs, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return listUsers(context, args, info.selection, 'STAKEHOLDER');
  }
}

/** An id that no person has: a junk id is answered by the same way as an unknown one. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

function nameOf({ userName, email, externalId, directory }: UserByArgs): UserName {
  const given = [userName, email, externalId].filter((name) => typeof name === 'string');
  if (given.length !== 1) throw invalid([], 'Give exactly one of userName, email and externalId.');
  if (!isStorable(given[0]!)) throw invalid([], 'A name must be valid Unicode text.');
  if (typeof directory === 'string' && typeof externalId !== 'string') {
    throw invalid(['directory'], 'directory goes with externalId only.');
  }
  if (typeof userName === 'string') return { by: 'userName', text: userName };
  if (typeof email === 'string') return { by: 'email', text: email };
  if (typeof directory !== 'string') {
    throw new HubError('REQUIRED', 'externalId needs directory.', { path: ['directory'] });
  }
  return { by: 'externalId', externalId: externalId!, directoryId: uuidOf('dir', directory) ?? NOBODY };
}
