import { Field, ObjectType } from 'type-graphql';
import type { AdoptionDecision, AdoptionReason } from '../../domain/adoption/adoption-store.ts';
import { enumOf } from '../enum-of.ts';
import { Node } from '../node.ts';
import { DateTime } from '../scalars/date-time.ts';

const AdoptionReasonEnum = enumOf<AdoptionReason>('AdoptionReason', 'Why an admin is asked.', {
  EMAIL: 'Somebody here has the e-mail address of the record.',
  USER_NAME: 'Somebody here, whom the directory may not take over, has the userName of the record.',
});

/** AdoptionDecision. */
export const AdoptionDecisionEnum = enumOf<AdoptionDecision>('AdoptionDecision', 'What an admin decided.', {
  APPROVED: 'They are the same person.',
  DECLINED: 'They are not.',
});

/** A record that a directory sent and that may mean somebody who is here. */
@ObjectType({
  implements: Node,
  description: 'A record that a directory sent and that may mean somebody who is here.',
  simpleResolvers: true,
})
export class AdoptionRequest extends Node {
  @Field(() => String, { description: 'What the directory calls the person.' })
  externalId!: string;

  @Field(() => String, { description: 'The userName in the record.' })
  userName!: string;

  @Field(() => String, { nullable: true, description: 'The e-mail address in the record.' })
  email!: string | null;

  @Field(() => AdoptionReasonEnum, { description: 'Why an admin is asked.' })
  reason!: string;

  @Field(() => DateTime, { description: 'When the directory first sent the record.' })
  askedAt!: string;

  @Field(() => AdoptionDecisionEnum, { nullable: true, description: 'What was decided; null: nothing yet.' })
  decision!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When that was.' })
  decidedAt!: string | null;
}
