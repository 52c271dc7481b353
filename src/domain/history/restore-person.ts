import { setStatus, settleStanding } from '../admission/settle-standing.ts';
import type { Context } from '../command.ts';
import { HubError } from '../errors.ts';
import type { Change } from '../event.ts';
import { refit } from '../fields/refill.ts';
import { wireId } from '../ids.ts';
import { addressOf } from '../mail/mail-address.ts';
import { rolesGone } from '../users/deprovision-user.ts';
import { demandUngoverned } from '../users/find-person.ts';
import { deviceSource, localSource } from '../users/new-person.ts';
import { DEVICE, governor, LOCAL, type Person, type PersonSource, type UserStatus } from '../users/person.ts';
import { recompute } from '../users/recompute.ts';
import { endPerson } from './end-person.ts';
import { restoreRecord } from './restore-record.ts';
import { restoreWords, saveUndone } from './restore-words.ts';
import type { UndoPlan } from './undo-plan.ts';

/** Sets the person back by that plan and writes the event of it; returns what changed, nothing where nothing did. */
export async function restorePerson(context: Context, person: Person, plan: UndoPlan): Promise<Change[]> {
  const ended = person.sources.filter(({ link }) => link?.endedAt && (plan.link === 'revive' || !link.kept));
  person.sources = person.sources.filter((source) => !ended.includes(source));
  if (plan.link === 'end') return endPerson(context, person, plan);
  if (plan.source === null) return [];
  if (person.status === 'DELETED' && plan.link !== 'revive') throw deleted(person);
  const name = plan.link === 'revive' ? 'user.restored' : 'user.updated';
  const [revived] = ended;
  const roles = revived ? revive(context, person, revived) : [];
  const directory = revived ?? directoryIn(person, plan.source);
  if (!directory) return restoreOwn(context, person, plan, name);
  const { changes, record } = await restoreRecord(context, person, directory, plan);
  const all = [...roles, ...changes];
  if (!revived && all.length === 0 && Object.keys({ ...record.before, ...record.after }).length === 0) return [];
  await saveUndone(context, person, directory, name, all, record);
  return all;
}

const deleted = ({ id }: Person) => {
  const message = 'The person has been deleted since; undo that first.';
  return new HubError('NOT_ALLOWED', message, { path: ['id'], subject: wireId('usr', id) });
};

/** The source of that directory; null for what people, their devices and products wrote. */
function directoryIn(person: Person, id: string): PersonSource | null {
  if (id === LOCAL || id === DEVICE) return null;
  const source = person.sources.find((one) => one.id === id);
  if (source) return source;
  const message = 'The directory that wrote this no longer holds the person.';
  throw new HubError('NOT_ALLOWED', message, { path: ['id'], directoryId: id });
}

/** The directory holds the person again, as when it let go of them. */
function revive({ policy }: Context, person: Person, source: PersonSource): Change[] {
  source.link!.endedAt = null;
  source.link!.kept = false;
  source.live = !policy.disconnected.has(source.id);
  person.sources.push(source);
  const roles = rolesGone(source.link!).map((change) => ({
    ...change,
    from: null,
    to: change.from,
    source: source.id,
  }));
  return [...refit(person, source, policy), ...recompute(person, policy), ...roles];
}

/** What people, their devices and products wrote; of a person whom a directory holds, it alone decides over name and status. */
async function restoreOwn(context: Context, person: Person, plan: UndoPlan, name: string): Promise<Change[]> {
  const renamed = plan.userName !== null && plan.userName !== person.userName;
  if (governor(person) && (plan.status !== null || renamed)) demandUngoverned(person, 'undo that');
  const own = plan.source === DEVICE ? deviceSource : localSource;
  const source = plan.words.size > 0 ? own(person) : null;
  const changes = source ? restoreWords(context, person, source, plan.words) : [];
  if (plan.status !== null && plan.status !== person.status)
    changes.push(...(await settleOwn(context, person, plan.status)));
  if (renamed) changes.push({ key: 'userName', from: person.userName, to: plan.userName });
  if (changes.length === 0) return [];
  if (renamed) person.userName = plan.userName!;
  await saveUndone(context, person, source, name, changes);
  return changes;
}

/** Who had still to follow an invitation is invited anew; nobody becomes active by being brought back. */
async function settleOwn(context: Context, person: Person, status: UserStatus): Promise<Change[]> {
  const { activatedAt, status: from } = person;
  const changes = await settleStanding(context, person, status !== 'DEACTIVATED');
  if (status !== 'INVITED' || person.status !== 'ACTIVE' || addressOf(person) === null) return changes;
  setStatus(context, person, 'INVITED');
  person.activatedAt = activatedAt;
  return [...changes.filter(({ key }) => key !== 'status'), { key: 'status', from, to: 'INVITED' }];
}
