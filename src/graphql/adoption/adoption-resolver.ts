import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { AdoptionDecision, AdoptionRequest as AdoptionRow } from '../../domain/adoption/adoption-store.ts';
import { decideAdoption } from '../../domain/adoption/decide-adoption.ts';
import { wireId } from '../../domain/ids.ts';
import { Directory } from '../directories/directory-type.ts';
import { loadDirectory } from '../directories/load-directories.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import { attempt } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from '../users/load-users.ts';
import { UserPayload, type UserPayloadRow } from '../users/user-mutations.ts';
import { User } from '../users/user-type.ts';
import { AdoptionDecisionEnum, AdoptionRequest } from './adoption-type.ts';

const MOST = 100;

/** Fields of a request that follow from the row at once. */
export const adoptionPlain: PlainResolvers<AdoptionRow> = { id: ({ id }) => wireId('adr', id) };

/** What directories asked, and an admin's answer. */
@Resolver(() => AdoptionRequest)
export class AdoptionResolver {
  @Query(() => [AdoptionRequest], {
    description: `Records that may mean somebody who is here, the newest first; at most ${MOST}.`,
  })
  adoptionRequests(
    @Arg('open', () => Boolean, {
      nullable: true,
      description: 'Only those that wait for an answer, or only the others.',
    })
    open: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return context.reads.adoptions.list(open ?? null, MOST);
  }

  @Mutation(() => UserPayload, {
    description:
      'Says whether a directory means a person who is here. Approved, its next request for the record links them.',
  })
  decideAdoption(
    @Arg('id', () => ID, { description: 'The request.' }) id: string,
    @Arg('decision', () => AdoptionDecisionEnum, { description: 'The answer.' }) decision: AdoptionDecision,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, decideAdoption, { id, decision }, ({ userId }): UserPayloadRow => ({ userId }));
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whom it may mean.' })
  user(@Root() request: AdoptionRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return loadUser(context, request.userId, info.selection.names);
  }

  @FieldResolver(() => Directory, { description: 'The directory that sent it.' })
  directory(@Root() request: AdoptionRow, @Ctx() context: RequestContext) {
    return loadDirectory(context, request.directoryId);
  }
}
