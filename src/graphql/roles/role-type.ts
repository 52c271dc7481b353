import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';
import { UserKindEnum } from '../users/enums.ts';

/** A role of the product. */
@ObjectType({ implements: Node, description: 'A role of the product.', simpleResolvers: true })
export class Role extends Node {
  @Field(() => String, { description: 'What programs call it; unique, whatever the case. It never changes.' })
  key!: string;

  @Field(() => String, { description: 'Name shown to people.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null;
}

/** A role that somebody gave. */
@ObjectType({ description: 'Somebody gave the role to the person.', simpleResolvers: true })
export class DirectGrant {
  @Field(() => String, { description: 'Who gave it: the id of a key or directory, and of the person it acted for.' })
  actor!: string;

  @Field(() => DateTime, { description: 'When.' })
  at!: string;
}

/** A role that a rule gives to members of a group. */
@ObjectType({ description: 'A rule gives the role to members of a directory group.', simpleResolvers: true })
export class GroupGrant {}

/** A role that a rule gives to holders of an app role. */
@ObjectType({ description: 'A rule gives the role to holders of an app role.', simpleResolvers: true })
export class AppRoleGrant {
  @Field(() => String, { description: 'The value of the app role.' })
  value!: string;
}

/** GrantVia; values carry `__typename`. */
export const GrantVia = createUnionType({
  name: 'GrantVia',
  description: 'How a person comes to hold a role.',
  types: () => [DirectGrant, GroupGrant, AppRoleGrant] as const,
});

/** One way in which a person holds a role. */
@ObjectType({ description: 'One way in which a person holds a role.', simpleResolvers: true })
export class RoleGrant {
  @Field(() => Role, { description: 'The role.' })
  role!: unknown;

  @Field(() => GrantVia, { description: 'How they come to hold it.' })
  via!: unknown;
}

/** A rule that gives a role, a kind, or both. */
@ObjectType({
  implements: Node,
  description: 'What holders of an app role, or members of a group, are given: a role, a kind, or both.',
  simpleResolvers: true,
})
export class RoleRule extends Node {
  @Field(() => Int, { description: 'Its place, from 0 on. Of rules that give a kind the first that holds decides.' })
  position!: number;

  @Field(() => String, { nullable: true, description: 'The value of the app role that it is about.' })
  appRole!: string | null;

  @Field(() => UserKindEnum, { nullable: true, description: 'What it makes of a person.' })
  kind!: string | null;
}

/** A rule as it is given. */
@InputType({ description: 'A rule: exactly one of appRole and group, and a role, a kind, or both.' })
export class RoleRuleInput {
  @Field(() => ID, { nullable: true, description: 'The role that it gives; absent: the one of the kind.' })
  role?: string | null;

  @Field(() => String, { nullable: true, description: 'The value of the app role that it is about, letter by letter.' })
  appRole?: string | null;

  @Field(() => ID, { nullable: true, description: 'The directory group that it is about.' })
  group?: string | null;

  @Field(() => UserKindEnum, { nullable: true, description: 'What it makes of a person.' })
  kind?: string | null;
}
