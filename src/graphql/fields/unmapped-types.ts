import { Field, Int, ObjectType } from 'type-graphql';
import { JsonScalar } from '../scalars/json.ts';
import { FieldTypeEnum } from './enums.ts';

/** An attribute that a directory sends and that no field takes. */
@ObjectType({ description: 'An attribute that a directory sends and that no field takes.', simpleResolvers: true })
export class UnmappedAttribute {
  @Field(() => String, { description: 'As the scimPath of createField takes it.' })
  path!: string;

  @Field(() => Int, { description: 'How many of the people examined have it.' })
  people!: number;

  @Field(() => FieldTypeEnum, {
    nullable: true,
    description: 'What all of its values could be; null for values with parts, which no field can take.',
  })
  type!: string | null;

  @Field(() => [JsonScalar], {
    nullable: true,
    description: 'A few values, cut short; null without the scope users:read.sensitive.',
  })
  samples!: unknown[] | null;
}

/** What a directory sends that no field takes. */
@ObjectType({
  description: 'What a directory sends that no field takes, found in what is stored: in its 5,000 newest people.',
  simpleResolvers: true,
})
export class UnmappedAttributes {
  @Field(() => Int, { description: 'How many people were examined, the newest first.' })
  examined!: number;

  @Field(() => Boolean, { description: 'True when these are all that the directory holds.' })
  isWhole!: boolean;

  @Field(() => [UnmappedAttribute], { description: 'The most frequent first, at most 100.' })
  attributes!: unknown[];
}
