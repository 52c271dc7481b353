import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { DirectoryPolicy as Policy } from '../../domain/directories/directory-policy.ts';
import type { Directory as DirectoryRow } from '../../domain/directories/directory-store.ts';
import { previewDirectoryPolicy } from '../../domain/directories/preview-directory-policy.ts';
import { setDirectoryPolicy } from '../../domain/directories/set-directory-policy.ts';
import { differsFromPreset } from '../../domain/presets/presets.ts';
import { attemptTo } from '../problems/attempt.ts';
import type { RequestContext } from '../request-context.ts';
import { DirectoryPayload, type DirectoryPayloadRow } from './directory-mutations.ts';
import { Directory } from './directory-type.ts';
import { PolicyImpact } from './policy-impact.ts';
import { DirectoryPolicy, DirectoryPolicyInput } from './policy-types.ts';

/** What an admin decided about a directory, and how they change it. */
@Resolver(() => Directory)
export class PolicyResolver {
  @FieldResolver(() => DirectoryPolicy, { description: 'What happens to what it sends.' })
  policy(@Root() { preset, policy }: DirectoryRow) {
    return { ...policy, differsFromPreset: differsFromPreset(preset, policy) };
  }

  @Query(() => PolicyImpact, {
    description: 'What updateDirectoryPolicy would do to teams and people now. Nothing is changed.',
  })
  previewDirectoryPolicy(
    @Arg('id', () => ID, { description: 'The directory.' }) id: string,
    @Arg('policy', () => DirectoryPolicyInput, { description: 'Switches to change.' }) policy: Partial<Policy>,
    @Ctx() context: RequestContext,
  ) {
    return previewDirectoryPolicy(context.hub, context.call, { id, policy });
  }

  @Mutation(() => DirectoryPayload, {
    description:
      'Changes what happens to what a directory sends. Values that cannot mean anything together are refused.',
  })
  updateDirectoryPolicy(
    @Arg('id', () => ID, { description: 'The directory.' }) id: string,
    @Arg('policy', () => DirectoryPolicyInput, { description: 'Switches to change.' }) policy: Partial<Policy>,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async (): Promise<DirectoryPayloadRow> => {
      const { id: directoryId } = await setDirectoryPolicy(context.hub, context.call, { id, policy });
      return { directoryId };
    });
  }
}
