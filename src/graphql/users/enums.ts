import type { UserKind, UserStatus, WaitsFor } from '../../domain/users/person.ts';
import type { UserOrderField } from '../../domain/users/user-reader.ts';
import { enumOf } from '../enum-of.ts';

/** UserKind. */
export const UserKindEnum = enumOf<UserKind>('UserKind', 'What a person is to the product.', {
  MEMBER: 'Takes part; uses a seat.',
  STAKEHOLDER: 'Is kept informed; uses no seat.',
});

/** UserStatus. */
export const UserStatusEnum = enumOf<UserStatus>('UserStatus', 'Where a person stands.', {
  STAGED: 'Known, but not yet admitted.',
  PARKED: 'Waits for a free seat.',
  INVITED: 'Has been invited and has not yet come.',
  ACTIVE: 'Has access.',
  DEACTIVATED: 'Has no access; memberships and roles stay.',
  DELETED: 'Is gone from every list that does not ask for the deleted.',
});

/** WaitsFor. */
export const WaitsForEnum = enumOf<WaitsFor | 'SEAT' | 'INVITATION'>(
  'WaitsFor',
  'What keeps a person from being active.',
  {
    ROLE: 'Their directory has given them none of the app roles that let people in.',
    GROUP: 'Their directory has put them into no group.',
    BRAKE: 'The brake on mass changes holds them until an admin decides.',
    SEAT: 'No seat is free.',
    INVITATION: 'They have not followed their invitation yet.',
  },
);

/** LockReason. */
export const LockReasonEnum = enumOf('LockReason', 'Why a person cannot be edited.', {
  DIRECTORY_DEACTIVATED: 'Their directory deactivated them.',
  BRAKE: 'The brake on mass changes holds what their directory wants.',
});

/** UserOrderField. */
export const UserOrderFieldEnum = enumOf<UserOrderField>('UserOrderField', 'By what people are ordered.', {
  CREATED_AT: 'When they were made.',
  UPDATED_AT: 'When they last changed.',
  DISPLAY_NAME: 'Their display name, or the userName of those without; upper and lower case are the same.',
  USER_NAME: 'Their userName; upper and lower case are the same.',
});

/** OrderDirection. */
export const OrderDirectionEnum = enumOf('OrderDirection', 'Which end of an order comes first.', {
  ASC: 'Smallest or oldest first.',
  DESC: 'Largest or newest first.',
});
