import type { Context } from '../command.ts';
import type { Change } from '../event.ts';
import { addressOf } from '../mail/mail-address.ts';
import { raiseNotice } from '../notices/raise-notice.ts';
import { directoryPolicy } from '../policy.ts';
import { statusOfOwner } from '../roles/last-owner.ts';
import { type AtWorst, seatNotice, takeSeat } from '../seats/take-seat.ts';
import { governor, type Person, type UserStatus } from '../users/person.ts';
import { gateBefore } from './gate.ts';

/**
 * The one way in: decides where a person stands whom their directory, or an admin, wants in or out. In order: the gates,
 * a seat, and whether they must follow an invitation first. Returns what changed; refused with SEAT_LIMIT. Who is here
 * already, and is concerned by what others do, is PARKED at worst: one of them refuses nothing to the others.
 */
export async function settleStanding(
  context: Context,
  person: Person,
  isWanted: boolean,
  atWorst?: AtWorst,
): Promise<Change[]> {
  const { status, visible } = person;
  if (!isWanted && !isHeld(context, person)) person.waitsFor = null;
  const wanted = isWanted ? await statusOfWanted(context, person, atWorst) : 'DEACTIVATED';
  setStatus(context, person, await statusOfOwner(context, person, wanted));
  // The last owner stays although no seat is left, and has one beyond the limit.
  if (wanted === 'PARKED' && person.status !== wanted) person.seated = true;
  person.visible = isVisible(context, person);
  return [
    { key: 'status', from: status, to: person.status },
    { key: 'visible', from: visible, to: person.visible },
  ].filter(({ from, to }) => from !== to);
}

/** Whom the brake holds stays so, whatever else their directory says of them, until an admin decides. */
function isHeld({ policy }: Context, person: Person): boolean {
  const source = governor(person);
  return person.waitsFor === 'BRAKE' && source !== null && policy.directories.get(source.id)?.state === 'BRAKED';
}

async function statusOfWanted(context: Context, person: Person, atWorst?: AtWorst): Promise<UserStatus> {
  const isIn = person.status === 'ACTIVE' || person.status === 'INVITED';
  const isHeldBack = person.status === 'DEACTIVATED' && person.waitsFor !== null;
  person.waitsFor = isIn ? null : await gateBefore(context, person);
  if (person.waitsFor) return isHeldBack ? 'DEACTIVATED' : 'STAGED';
  if (person.kind === 'STAKEHOLDER') person.seated = false;
  else if (!(await takeSeat(context, person, atWorst))) {
    await raiseNotice(context, seatNotice);
    return 'PARKED';
  }
  if (isIn) return person.status;
  return person.activatedAt === null && mustFollowInvitation(context, person) ? 'INVITED' : 'ACTIVE';
}

/** Sets the status; whoever becomes active for the first time gets the name by which they sign in. */
export function setStatus({ policy, origin }: Context, person: Person, status: UserStatus): void {
  if (status !== person.status) person.statusAt = origin.at;
  person.status = status;
  if (status !== 'STAGED' && status !== 'DEACTIVATED') person.waitsFor = null;
  if (status === 'ACTIVE') person.activatedAt ??= origin.at;
  if (status !== 'ACTIVE' && status !== 'INVITED') return;
  const source = governor(person);
  const by = source ? directoryPolicy(policy, source.id).loginId : 'USERNAME';
  const email = person.values.email;
  if (by === 'EMAIL' && typeof email === 'string') person.loginId ??= email;
  else if (by === 'EXTERNAL_ID' && source!.link!.externalId !== null) person.loginId ??= source!.link!.externalId;
  else person.loginId ??= person.userName;
}

function mustFollowInvitation({ policy }: Context, person: Person): boolean {
  const source = governor(person);
  return source !== null && directoryPolicy(policy, source.id).invite && addressOf(person) !== null;
}

/** A person whom their directory hides is seen again as soon as they are active. */
function isVisible({ policy }: Context, person: Person): boolean {
  const source = governor(person);
  if (!source || directoryPolicy(policy, source.id).onDeactivate !== 'HIDE') return person.visible;
  return person.status !== 'DEACTIVATED';
}
