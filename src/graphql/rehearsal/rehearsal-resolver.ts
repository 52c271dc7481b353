import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import type { RehearsalReport } from '../../domain/rehearsal/rehearsal-reader.ts';
import { Directory } from '../directories/directory-type.ts';
import { Event } from '../events/event-type.ts';
import { inOrder } from '../page/many.ts';
import type { RequestContext } from '../request-context.ts';
import { Rehearsal } from './rehearsal-type.ts';

const MOST = 100;

/** The rehearsal of a directory. */
@Resolver(() => Directory)
export class RehearsalResolver {
  @FieldResolver(() => Rehearsal, {
    nullable: true,
    description: 'What it would have done since it rehearses; null when it does not.',
  })
  rehearsal(@Root() directory: DirectoryRow, @Ctx() context: RequestContext): Promise<RehearsalReport | null> {
    return context
      .loader<string, RehearsalReport | null>('rehearsal', async (ids) =>
        inOrder(ids, await context.reads.rehearsals.ofDirectories(ids), (report) => report.directoryId),
      )
      .load(directory.id);
  }
}

/** What single records would see. */
@Resolver(() => Rehearsal)
export class RehearsalSampleResolver {
  @FieldResolver(() => [Event], { description: 'The newest of what would have happened.' })
  sample(
    @Root() { directoryId }: RehearsalReport,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many at most, from 1 to 100.' })
    first: number | null,
    @Ctx() context: RequestContext,
  ) {
    const limit = Math.min(Math.max(first ?? 20, 1), MOST);
    return context.reads.rehearsalSamples.sample(directoryId, limit);
  }
}
