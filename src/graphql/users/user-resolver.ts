import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { wireId } from '../../domain/ids.ts';
import { isHiddenField } from '../../domain/users/sensitive.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import { EventConnection } from '../events/event-type.ts';
import { loadHistory } from '../events/load-events.ts';
import { PageArgs } from '../page/page-args.ts';
import { phoneOf, phonesOf } from '../phones/phone-fields.ts';
import type { PlainResolvers } from '../plain-resolvers.ts';
import type { RequestContext } from '../request-context.ts';
import { JsonScalar } from '../scalars/json.ts';
import type { Info as SelectionInfo } from '../selection.ts';
import { loadTeamsOf } from '../teams/load-teams.ts';
import { TeamConnection } from '../teams/team-type.ts';
import { contactsOf, keysOfType } from './contacts.ts';
import { DirectoryLink, UserLock } from './link-types.ts';
import { loadLinks, loadReferred } from './load-users.ts';
import { User } from './user-type.ts';

/** Fields of a person that follow from the row at once. */
export const userPlain: PlainResolvers<UserRow> = {
  id: (user) => wireId('usr', user.id),
  emails: (user) => contactsOf(user, 'EMAIL'),
  phoneNumbers: phonesOf,
  waitsFor: ({ status, waitsFor }) =>
    status === 'PARKED' ? 'SEAT' : status === 'INVITED' ? 'INVITATION' : (waitsFor ?? null),
  ...Object.fromEntries(
    keysOfType('PHONE')
      .filter((key) => key !== 'morePhoneNumbers')
      .map((key) => [key, (user: UserRow) => phoneOf(user, key)]),
  ),
};

/** Fields of a person that take a question of their own; for a list of people, one question for all of them. */
@Resolver(() => User)
export class UserResolver {
  @FieldResolver(() => User, {
    nullable: true,
    description:
      'The person they report to: named by id, by externalId or by userName; null while nobody is known by it.',
  })
  manager(@Root() user: UserRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo) {
    return typeof user.manager === 'string' ? loadReferred(context, user.manager, info.selection.names) : null;
  }

  @FieldResolver(() => JsonScalar, {
    description: "The values of the tenant's own fields, by key; those without a value are absent.",
  })
  async custom(@Root() { custom }: UserRow, @Ctx() context: RequestContext) {
    if (!custom) return {};
    const { fields } = await context.policy();
    const shown = fields.custom.filter(({ key }) => !isHiddenField(context.actor, key, fields.known));
    const held = shown.filter(({ key }) => Object.hasOwn(custom, key));
    return Object.fromEntries(held.map(({ key }) => [key, custom[key]]));
  }

  @FieldResolver(() => TeamConnection, {
    description: 'Teams by name: those joined by hand and those of directory groups.',
  })
  teams(@Root() user: UserRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo, @Args() page: PageArgs) {
    return loadTeamsOf(context, user.id, page, info.selection);
  }

  @FieldResolver(() => [DirectoryLink], { description: 'Directories that hold the person.' })
  links(@Root() user: UserRow, @Ctx() context: RequestContext) {
    return loadLinks(context, user.id);
  }

  @FieldResolver(() => UserLock, { nullable: true, description: 'Set while the person cannot be edited.' })
  async lock(@Root() user: UserRow, @Ctx() context: RequestContext) {
    if (user.status !== 'DEACTIVATED') return null;
    if (user.waitsFor === 'BRAKE') return { reason: 'BRAKE', since: user.statusAt, deletable: true };
    const links = await loadLinks(context, user.id);
    if (links.every((link) => link.state === 'DISCONNECTED')) return null;
    return { reason: 'DIRECTORY_DEACTIVATED', since: user.statusAt, deletable: true };
  }

  @FieldResolver(() => EventConnection, { description: 'What happened to the person, newest first; memberships too.' })
  history(@Root() user: UserRow, @Ctx() context: RequestContext, @Info() info: SelectionInfo, @Args() page: PageArgs) {
    return loadHistory(context, user.id, page, info.selection);
  }
}
