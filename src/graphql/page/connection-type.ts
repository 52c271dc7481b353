import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from './page-info.ts';

/** The edge and connection types of a list of `name`; `uncounted` lists have no totalCount. */
export function connectionType(name: string, node: () => ClassType, what: string, uncounted?: 'uncounted'): ClassType {
  @ObjectType(`${name}Edge`, { description: `One of a list of ${what}.`, simpleResolvers: true })
  class Edge {
    @Field(() => String, { description: 'Its place in the list, for `after`.' })
    cursor!: string;

    @Field(node, { description: 'What stands there.' })
    node!: unknown;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${what}.`, simpleResolvers: true })
  class Connection {
    @Field(() => [Edge], { description: 'What is on the page, with cursors.' })
    edges!: unknown[];

    @Field(() => [node()], { description: 'What is on the page, without cursors.' })
    nodes!: unknown[];

    @Field(() => PageInfo, { description: 'Whether there is more.' })
    pageInfo!: unknown;
  }
  if (!uncounted) {
    const description = 'How many the whole list holds; counted only when asked for.';
    Field(() => Int, { nullable: true, description })(Connection.prototype, 'totalCount');
  }
  return Connection;
}
