import { type ClassType, Field, ObjectType } from 'type-graphql';
import { Problem } from './problem-types.ts';

/** Names of payload fields with their types and descriptions. */
export type PayloadFields = Readonly<Record<string, { type: () => unknown; nullable: boolean; about: string }>>;

/** A payload: what the command made or changed, and the problems that kept it from doing so. */
export function payloadType(name: string, fields: PayloadFields): ClassType {
  @ObjectType(name, { description: 'What came of a command.', simpleResolvers: true })
  class Payload {
    @Field(() => [Problem], { description: 'Why nothing was done; empty when it was.' })
    problems!: object[];
  }
  for (const [key, { type, nullable, about }] of Object.entries(fields)) {
    Field(type as () => ClassType, { nullable, description: about })(Payload.prototype, key);
  }
  return Payload;
}
