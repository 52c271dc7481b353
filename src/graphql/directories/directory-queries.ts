import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { uuidOf } from '../../domain/ids.ts';
import type { RequestContext } from '../request-context.ts';
import { Directory } from './directory-type.ts';
import { loadDirectory } from './load-directories.ts';

/** Questions about directories. */
@Resolver()
export class DirectoryQueries {
  @Query(() => Directory, { nullable: true, description: 'The directory of that id; null when there is none.' })
  directory(@Arg('id', () => ID, { description: 'Id of the directory.' }) id: string, @Ctx() context: RequestContext) {
    return loadDirectory(context, uuidOf('dir', id) ?? NO_DIRECTORY);
  }

  @Query(() => [Directory], { description: 'Every directory, the oldest first.' })
  directories(@Ctx() context: RequestContext) {
    return context.reads.directories.list();
  }
}

/** An id that no directory has. */
const NO_DIRECTORY = '00000000-0000-0000-0000-000000000000';
