import { Field, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { connectionType } from '../page/connection-type.ts';

/** A group exactly as its directory holds it. */
@ObjectType({
  implements: Node,
  description: 'A group exactly as the directory holds it. A Team is what policy makes of it.',
  simpleResolvers: true,
})
export class DirectoryGroup extends Node {
  @Field(() => String, { nullable: true, description: 'What the directory calls the group.' })
  externalId!: string | null;

  @Field(() => String, { description: 'Name of the group in the directory.' })
  displayName!: string;
}

/** A page of groups. */
export const DirectoryGroupConnection = connectionType('DirectoryGroup', () => DirectoryGroup, 'directory groups');
