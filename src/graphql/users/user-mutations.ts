import { Arg, Ctx, FieldResolver, ID, Info, Int, Mutation, Resolver, Root } from 'type-graphql';
import { wireId } from '../../domain/ids.ts';
import { createUser } from '../../domain/users/create-user.ts';
import { eraseUser } from '../../domain/users/erase-user.ts';
import type { Person, UserKind } from '../../domain/users/person.ts';
import { releaseUserFields } from '../../domain/users/release-user-fields.ts';
import { reportDevice } from '../../domain/users/report-device.ts';
import { restoreUser } from '../../domain/users/restore-user.ts';
import { activateUser, deactivateUser, deleteUser } from '../../domain/users/set-user-status.ts';
import { updateUser } from '../../domain/users/update-user.ts';
import { attempt, attemptTo } from '../problems/attempt.ts';
import { DeletePayload } from '../problems/delete-payload.ts';
import { payloadType } from '../problems/payload-type.ts';
import type { RequestContext } from '../request-context.ts';
import { runIn } from '../run-in.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadUser } from './load-users.ts';
import { CreateUserInput, UpdateUserInput, valuesOf } from './user-inputs.ts';
import { User } from './user-type.ts';

/** What commands about a person answer; the person is loaded by `userId`. */
export const UserPayload = payloadType('UserPayload', {
  user: { type: () => User, nullable: true, about: 'The person as they are now.' },
});

/** The payload of a command that returned a person; the person is read when selected. */
export type UserPayloadRow = { userId?: string };

/** The payload of that person. */
export const changed = (person: Person): UserPayloadRow => ({ userId: person.id });

/** Commands about people. */
@Resolver()
export class UserMutations {
  @Mutation(() => UserPayload, { description: 'Makes a person whom no directory knows.' })
  createUser(
    @Arg('input', () => CreateUserInput, { description: 'The person.' }) input: CreateUserInput,
    @Ctx() context: RequestContext,
  ) {
    const { userName, kind } = input;
    return attemptTo(context, async () =>
      changed(await runIn(context, createUser, { userName, kind: kind as UserKind, values: valuesOf(input) })),
    );
  }

  @Mutation(() => UserPayload, { description: 'Writes values of a person: all of them, or none.' })
  updateUser(
    @Arg('id', () => ID, { description: 'The person.' }) id: string,
    @Arg('input', () => UpdateUserInput, { description: 'What changes.' }) input: UpdateUserInput,
    @Arg('ifVersion', () => Int, { nullable: true, description: 'Refuse unless this version stands.' })
    ifVersion: number | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    const { userName } = input;
    return attemptTo(context, async () => {
      const edit = { id, values: valuesOf(input), ifVersion, ...(userName === undefined ? {} : { userName }) };
      return changed(await runIn(context, updateUser, edit));
    });
  }

  @Mutation(() => UserPayload, { description: 'Gives fields back to the rule: drops the local values.' })
  releaseUserFields(
    @Arg('id', () => ID, { description: 'The person.' }) id: string,
    @Arg('keys', () => [String], { description: 'Keys of the fields.' }) keys: string[],
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, releaseUserFields, { id, keys }, changed);
  }

  @Mutation(() => UserPayload, {
    description: "Keeps what the person's device says. It counts only where no directory and no person says anything.",
  })
  reportDevice(
    @Arg('user', () => ID, { description: 'The person.' }) id: string,
    @Arg('timezone', () => String, { nullable: true, description: 'Its IANA time zone; null withdraws it.' })
    timezone: string | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return attempt(context, reportDevice, { id, values: timezone === undefined ? {} : { timezone } }, changed);
  }

  @Mutation(() => UserPayload, { description: 'Takes access away; memberships and roles stay.' })
  deactivateUser(@Arg('id', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, deactivateUser, { id }, changed);
  }

  @Mutation(() => UserPayload, { description: 'Gives access back.' })
  activateUser(@Arg('id', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, activateUser, { id }, changed);
  }

  @Mutation(() => DeletePayload, {
    description: 'Deletes a person made by hand, or one whom their directory deactivated.',
  })
  deleteUser(@Arg('id', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attempt(context, deleteUser, { id }, (person) => ({
      deletedId: wireId('usr', person.id),
    }));
  }
}

/** Commands about people who are gone. */
@Resolver()
export class GoneUserMutations {
  @Mutation(() => UserPayload, {
    description:
      'Brings a deleted person back, with directories, memberships and roles; within 30 days. Asks for a seat again.',
  })
  restoreUser(@Arg('id', () => ID, { description: 'The person.' }) id: string, @Ctx() context: RequestContext) {
    return attemptTo(context, async (): Promise<UserPayloadRow> => {
      const restored = await restoreUser(context.hub, context.call, id);
      return { userId: restored.id };
    });
  }

  @Mutation(() => DeletePayload, {
    description:
      'Removes personal data for good, from every table; events keep the id. `confirm` repeats the userName.',
  })
  eraseUser(
    @Arg('id', () => ID, { description: 'The person.' }) id: string,
    @Arg('confirm', () => String, { description: 'The userName of the person.' }) confirm: string,
    @Ctx() context: RequestContext,
  ) {
    return attemptTo(context, async () => {
      const erased = await eraseUser(context.hub, context.call, { id, confirm });
      return { deletedId: wireId('usr', erased.id) };
    });
  }
}

/** The person of a payload. */
@Resolver(() => UserPayload)
export class UserPayloadResolver {
  @FieldResolver()
  user(@Root() payload: UserPayloadRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return payload.userId ? loadUser(context, payload.userId, info.selection.names) : null;
  }
}
