import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { demand } from '../../domain/actor.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { DateTime } from '../scalars/date-time.ts';
import { User } from '../users/user-type.ts';
import { loadSnapshot } from './load-snapshot.ts';
import { UserSnapshot } from './snapshot-type.ts';

/** Fields of a snapshot that take a scope of their own. */
export const snapshotPlain: PlainResolvers<UserSnapshot> = {
  teams({ teams }, _args, { actor }) {
    demand(actor, 'teams:read');
    return teams;
  },
};

/** The past of a person. */
@Resolver(() => User)
export class HistoryResolver {
  @FieldResolver(() => UserSnapshot, {
    nullable: true,
    description:
      'The person exactly as they were at that moment, after whatever happened in it; null before they existed.',
  })
  asOf(
    @Root() user: UserRow,
    @Arg('at', () => DateTime, { description: 'The moment.' }) at: string,
    @Ctx() context: RequestContext,
  ) {
    return loadSnapshot(context, user.id, at);
  }
}
