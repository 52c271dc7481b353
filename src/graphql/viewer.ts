import { Arg, Ctx, Field, FieldResolver, ID, Info, ObjectType, Query, Resolver } from 'type-graphql';
import { loadNode } from './load-node.ts';
import { Node } from './node.ts';
import type { RequestContext } from './request-context.ts';
import type { Info as SelectionInfo } from './selection.ts';
import { loadUser } from './users/load-users.ts';
import { User } from './users/user-type.ts';

@ObjectType({ description: 'Who asks.', simpleResolvers: true })
class Viewer {
  @Field(() => String, { description: 'What the caller is: key, or person for a key that acts for one.' })
  kind!: string;

  @Field(() => String, { description: 'Name of the key, or userName of the person.' })
  label!: string;

  @Field(() => [String], { description: 'What the caller may do.' })
  scopes!: string[];
}

/** The person of a viewer. */
@Resolver(() => Viewer)
export class ViewerResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description: 'The person for whom the key acts; null for a key itself.',
  })
  user(@Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    const { person } = context.actor;
    return person ? loadUser(context, person.id, info.selection.names) : null;
  }
}

/** Questions that every room has. */
@Resolver()
export class ViewerQueries {
  @Query(() => Viewer, { description: 'Who asks, and what they may do.' })
  viewer(@Ctx() { actor }: RequestContext) {
    const { kind, label, scopes, person } = actor;
    return { kind: person ? 'person' : kind, label: person?.userName ?? label, scopes: [...scopes].sort() };
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
