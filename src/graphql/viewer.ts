import { Arg, Ctx, Field, ID, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { loadNode } from './load-node.ts';
import { Node } from './node.ts';
import type { RequestContext } from './request-context.ts';
import type { Info as SelectionInfo } from './selection.ts';
import { User } from './users/user-type.ts';

@ObjectType({ description: 'Who asks.', simpleResolvers: true })
class Viewer {
  @Field(() => String, { description: 'What the caller is: key.' })
  kind!: string;

  @Field(() => String, { description: 'Name of the key.' })
  label!: string;

  @Field(() => [String], { description: 'What the caller may do.' })
  scopes!: string[];

  @Field(() => User, { nullable: true, description: 'The person who asks; null for a key.' })
  user!: unknown;
}

/** Questions that every room has. */
@Resolver()
export class ViewerQueries {
  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { actor }: RequestContext) {
    return { kind: actor.kind, label: actor.label, scopes: [...actor.scopes].sort(), user: null };
  }

  @Query(() => Node, { nullable: true, description: 'Whatever has that id; null when there is nothing.' })
  node(
    @Arg('id', () => ID, { description: 'Any id.' }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: SelectionInfo,
  ) {
    return loadNode(context, id, info.selection.names);
  }
}
