import { Arg, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { BrakeDecision, BrakeRow } from '../../domain/brake/brake-store.ts';
import { releaseBrake } from '../../domain/brake/release-brake.ts';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { inOrder } from '../page/many.ts';
import { attemptTo } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { Brake, BrakeHeld } from './brake-type.ts';
import { DirectoryPayload } from './directory-mutations.ts';
import { Directory } from './directory-type.ts';
import { BrakeDecisionEnum } from './enums.ts';

/** The brake of a directory. */
@Resolver(() => Directory)
export class BrakeOfDirectory {
  @FieldResolver(() => Brake, { nullable: true, description: 'Set while its brake is on.' })
  brake(@Root() { id }: DirectoryRow, @Ctx() context: RequestContext) {
    return context
      .loader<string, BrakeRow | null>('brake', async (ids) =>
        inOrder(ids, await context.reads.brakes.ofDirectories(ids), ({ directoryId }) => directoryId),
      )
      .load(id);
  }
}

/** What a brake holds, and of whom. */
@Resolver(() => Brake)
export class BrakeResolver {
  @FieldResolver(() => BrakeHeld)
  held(@Root() { deactivations, deletions, removals, creates }: BrakeRow) {
    return { deactivations, deletions, removals, creates };
  }

  @FieldResolver(() => [User], { description: 'A few of the people whom it holds, or who were counted.' })
  async sample(@Root() { sample }: BrakeRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const people = await Promise.all(sample.map((id) => loadUser(context, id, info.selection.names)));
    return people.filter((person) => person !== null);
  }
}

/** What an admin decides. */
@Resolver()
export class BrakeMutations {
  @Mutation(() => DirectoryPayload, {
    description: 'Decides about all that the brake of a directory holds, and lets it go. Answers when all is done.',
  })
  releaseBrake(
    @Arg('directory', () => ID, { description: 'The directory.' }) directory: string,
    @Arg('decision', () => BrakeDecisionEnum, { description: 'What becomes of what is held.' }) decision: string,
    @Ctx() context: RequestContext,
  ) {
    const input = { directory, decision: decision as BrakeDecision };
    return attemptTo(context, () => releaseBrake(context.hub, context.call, input));
  }
}
