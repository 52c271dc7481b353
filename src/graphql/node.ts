import { Field, ID, InterfaceType } from 'type-graphql';

/** Whatever has an id of its own. Values carry `__typename`, by which the schema knows their type. */
@InterfaceType({ description: 'Whatever has an id of its own.', autoRegisterImplementations: true })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque, typed and sortable by age; the same id everywhere.' })
  id!: string;
}
