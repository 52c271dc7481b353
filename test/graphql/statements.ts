import pg from 'pg';
import { vi } from 'vitest';

/** Counts the SQL statements that the hub in this process sends while `work` runs; wakes it first with a dry run. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  await work(); // Signs in, and gives every connection its tenant.
  const texts: string[] = [];
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const spy = vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    const text = typeof given[0] === 'string' ? given[0] : (given[0] as { text: string }).text;
    if (!ofSignIn.test(text) && !byTheClock.test(text)) texts.push(text);
    return query.apply(this, given) as never;
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return texts;
}

/** What sign-in asks, at most once a second for each key. */
const ofSignIn = /^(begin|commit)$|set_config|(from|update) credentials[\s\S]*(key_id = \$1|last_used_at = now)/;

/** What is asked beside requests: who is due, how directories fare, what is to be sent. */
const byTheClock =
  /t.policy_version as version|changed_at is not null|\boutbox\b|directory_health|notices n|completed_at is null|distinct on \(kind\)|'sync runs '|'NO_GROUP'|from tenants order by id|status = 'PARKED'|seats_used|from rehearsals where phase|r\.shadow_id = t\.id/;
