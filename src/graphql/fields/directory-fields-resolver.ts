import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import type { Unmapped } from '../../domain/fields/unmapped-reader.ts';
import { seesSensitive } from '../../domain/users/sensitive.ts';
import { takenPaths } from '../../fields/scim-path.ts';
import { Directory } from '../directories/directory-type.ts';
import type { RequestContext } from '../request-context.ts';
import { UnmappedAttributes } from './unmapped-types.ts';

/** What the directory of that stored id sends and no field takes. */
export const loadUnmapped = (context: RequestContext, id: string): Promise<Unmapped> =>
  context
    .loader<string, Unmapped>('unmapped', async (ids) => {
      const { fields } = await context.policy();
      return context.reads.unmapped.list(ids, takenPaths(fields.fields), seesSensitive(context.actor));
    })
    .load(id);

/** What a directory sends, beside the fields there are. */
@Resolver(() => Directory)
export class DirectoryFieldsResolver {
  @FieldResolver(() => UnmappedAttributes, {
    description:
      'Attributes that it sends and that no field takes. createField with the path of one fills a field from them.',
  })
  unmappedAttributes(@Root() directory: DirectoryRow, @Ctx() context: RequestContext) {
    return loadUnmapped(context, directory.id);
  }
}
