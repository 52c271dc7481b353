import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { inviteUser, resendInvitation } from '../../domain/invitations/invite-user.ts';
import { attempt } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import { changed, UserPayload } from './user-mutations.ts';

/** Commands about invitations. */
@Resolver()
export class InvitationMutations {
  @Mutation(() => UserPayload, {
    description:
      'Invites a person whom no directory governs: they are INVITED, and ACTIVE once they have followed the link that is mailed to them.',
  })
  inviteUser(@Arg('user', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, inviteUser, { id }, changed);
  }

  @Mutation(() => UserPayload, {
    description:
      'Mails a person who is INVITED a new activation link; the one before it ends. At most one a minute and five a day for each person.',
  })
  resendInvitation(@Arg('user', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, resendInvitation, { id }, changed);
  }
}
