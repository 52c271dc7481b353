import { ID } from 'type-graphql';
import { payloadType } from './payload-type.ts';

/** What every deletion answers. */
export const DeletePayload = payloadType('DeletePayload', {
  deletedId: { type: () => ID, nullable: true, about: 'The id of what is gone.' },
});
