import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { discardRehearsal } from '../../domain/rehearsal/discard-rehearsal.ts';
import { setRehearsal } from '../../domain/rehearsal/set-rehearsal.ts';
import { DirectoryPayload } from '../directories/directory-mutations.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';

/** Commands about rehearsals. */
@Resolver()
export class RehearsalMutations {
  @Mutation(() => DirectoryPayload, {
    description:
      'On: the directory is answered as if it wrote, and writes nothing. Off: what it would have written is written, under the ids that it was told. Answers when all is done.',
  })
  setRehearsal(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('on', () => Boolean, { description: 'True begins a rehearsal; false accepts it.' }) on: boolean,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, () => setRehearsal(context.hub, context.call, { directory, on }));
  }

  @Mutation(() => DirectoryPayload, {
    description: 'Ends a rehearsal and does nothing of it; the ids that the directory was told name nothing any more.',
  })
  discardRehearsal(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, discardRehearsal, { directory }, (directoryId) => ({ directoryId }));
  }
}
