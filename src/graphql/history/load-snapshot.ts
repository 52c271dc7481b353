import { invalid } from '../../domain/errors.ts';
import type { Present } from '../../domain/history/history-reader.ts';
import { walkBack } from '../../domain/history/walk-back.ts';
import type { Json } from '../../domain/json.ts';
import type { Policy } from '../../domain/policy.ts';
import { isHiddenField } from '../../domain/users/sensitive.ts';
import type { RequestContext } from '../request-context.ts';
import type { SnapshotField, UserSnapshot } from './snapshot-type.ts';

/** The most events that one person is taken back by. */
const MOST_EVENTS = 10_000;

/** The person of that stored id at that moment; null before they existed. For a list of people, one question for all. */
export const loadSnapshot = (context: RequestContext, id: string, at: string): Promise<UserSnapshot | null> =>
  context.loader<string, UserSnapshot | null>(`as of ${at}`, (ids) => snapshotsAt(context, ids, at)).load(id);

async function snapshotsAt(context: RequestContext, ids: readonly string[], at: string) {
  const { history } = context.reads;
  // The present first: what happens in between is then among the events, and undone.
  const present = await history.present(ids);
  const existing = present.filter((one): one is Present => one !== null && one.person.createdAt <= at);
  const userIds = existing.map(({ person }) => person.id);
  const given = userIds.length > 0 ? await context.reads.roles.direct(userIds) : [];
  const events = userIds.length > 0 ? await history.since(userIds, at, MOST_EVENTS + 1, context.rowsLeft) : [];
  for (const own of events) {
    context.rowsLeft -= own.length;
    if (own.length > MOST_EVENTS) throw tooMany();
  }
  const past = new Map(
    existing.map((one, index) => [one.person.id, walkBack(one, events[index]!, keysOf(given, one))]),
  );
  const teamIds = [...new Set([...past.values()].flatMap((one) => [...one.teamIds]))];
  const names = teamIds.length > 0 ? await history.teamNames(teamIds, at) : [];
  const policy = await context.policy();
  const nameOf = new Map(teamIds.map((id, index) => [id, names[index]]));
  return ids.map((id) => {
    const person = past.get(id);
    if (!person) return null;
    const { status, userName, values, roles } = person;
    const teams = [...person.teamIds].map((team) => nameOf.get(team) ?? '').filter((name) => name !== '');
    return {
      at,
      status,
      userName,
      fields: fieldsOf(context, policy, values, at),
      teams: teams.sort(),
      roles: roles.sort(),
    };
  });
}

const keysOf = (given: readonly { userId: string; key: string }[], { person }: Present): string[] =>
  given.filter(({ userId }) => userId === person.id).map(({ key }) => key);

const tooMany = () =>
  invalid(['at'], `More than ${MOST_EVENTS} events have happened to this person since; choose a later moment.`);

/** Standard fields first, in the order of the table; without the tenant's own that were out of use by then. */
function fieldsOf(context: RequestContext, { fields }: Policy, values: Map<string, Json>, at: string): SnapshotField[] {
  const gone = fields.retired.filter(({ retiredAt }) => Date.parse(retiredAt!) <= Date.parse(at));
  const keys = new Set([...fields.keys, ...values.keys()]);
  for (const { key } of gone) keys.delete(key);
  return [...keys]
    .map((key) => ({ key, value: values.get(key) ?? null }))
    .filter(({ key, value }) => value !== null && !isHiddenField(context.actor, key, fields.known));
}
