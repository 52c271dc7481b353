import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { DisconnectPlan } from '../../domain/directories/directory-store.ts';
import { disconnectDirectory } from '../../domain/directories/disconnect-directory.ts';
import { linkUser } from '../../domain/directories/link-user.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import { changed, UserPayload } from '../users/user-mutations.ts';
import { DirectoryPayload } from './directory-mutations.ts';
import { DisconnectPlanEnum } from './enums.ts';

/** Commands about which directory holds whom. */
@Resolver()
export class DisconnectMutations {
  @Mutation(() => DirectoryPayload, {
    description:
      'Ends a directory for good: what it signs in by at once, then what the plan says. Answers when all is done.',
  })
  disconnectDirectory(
    @Arg('id', () => ID, { description: 'The directory.' }) id: string,
    @Arg('plan', () => DisconnectPlanEnum, { description: 'What becomes of its people.' }) plan: string,
    @Ctx() context: RequestContext,
  ) {
    const input = { id, plan: plan as DisconnectPlan };
    return attemptTo(context, () => disconnectDirectory(context.hub, context.call, input));
  }

  @Mutation(() => UserPayload, {
    description:
      'Says that a directory means this person by the externalId: when it sends them, they are linked to it.',
  })
  linkUser(
    @Arg('user', () => ID, { description: 'The person.' }) user: string,
    @Arg('directory', () => ID, { description: 'The directory, which does not hold them yet.' }) directory: string,
    @Arg('externalId', () => String, {
      nullable: true,
      description: 'What the directory calls them; null takes back what was said.',
    })
    externalId: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, linkUser, { user, directory, externalId: externalId ?? null }, changed);
  }
}
