import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { machineLine } from './machine.ts';
import { median } from './measure.ts';
import { setStage } from './stage.ts';
import { writeUntil } from './write-until.ts';

/**
 * What a change of rules costs that gives each of 100,000 people two other values: its preview, its application, and what
 * a directory waits that writes to one person after the other meanwhile. Exit code 1 above a limit.
 */
const MOST_PREVIEW_S = 5;
const MOST_APPLY_S = 30;
const MOST_WAIT_MS = 200;
const ALONE_MS = 5_000;

const say = (text: string) => process.stdout.write(`${text}\n`);

say('Starting PostgreSQL, the hub and the floor; making 100,000 people …');
const stage = await setStage(null);
const { company, client } = stage;
const writer = { url: company.urls.hub, token: company.token, people: company.people };
try {
  await differ();
  say(`${await machineLine(client)}, load average ${loadavg()[0]!.toFixed(1)}\n`);
  let isOver = false;
  const alone = writeUntil(writer, () => isOver);
  await pause(ALONE_MS);
  isOver = true;
  const before = await alone;

  const rules = '[{ key: "title", sourceOfTruth: USER }, { key: "nickName", sourceOfTruth: USER }]';
  const first = await timed(
    `{ impact: previewFieldRules(rules: ${rules}) { token usersExamined usersChanged valuesChanged } }`,
  );
  const { token, usersExamined, usersChanged, valuesChanged } = first.data.impact;
  isOver = false;
  const beside = writeUntil(writer, () => isOver);
  const applied = await timed(
    `mutation { payload: applyFieldRules(token: "${token}") { usersChanged problems { code message } } }`,
  );
  isOver = true;
  const during = await beside;
  if (applied.data.payload.problems.length > 0) throw new Error(JSON.stringify(applied.data.payload.problems));

  say(
    `${usersExamined} people examined, ${usersChanged} change, ${valuesChanged} values; ${applied.data.payload.usersChanged} changed`,
  );
  limit('preview', first.seconds, MOST_PREVIEW_S, 's');
  limit('apply', applied.seconds, MOST_APPLY_S, 's');
  limit('longest write meanwhile', Math.max(...during), MOST_WAIT_MS, 'ms');
  say(`${'median write meanwhile'.padEnd(26)}${median(during).toFixed(2).padStart(9)} ms of ${during.length}`);
  say(`${'median write alone'.padEnd(26)}${median(before).toFixed(2).padStart(9)} ms of ${before.length}`);
  say(
    `${'longest write alone'.padEnd(26)}${Math.max(...before)
      .toFixed(2)
      .padStart(9)} ms`,
  );
} finally {
  await stage.close();
}

function limit(what: string, figure: number, most: number, unit: string): void {
  const verdict = figure > most ? 'ABOVE' : 'ok';
  say(
    `${what.padEnd(26)}${figure.toFixed(2).padStart(9)} ${unit.padEnd(3)} at most ${String(most).padStart(3)}  ${verdict}`,
  );
  if (figure > most) process.exitCode = 1;
}

/** Gives everyone a title and a nickname of their own, as if they had written it before the rules forbade it. */
async function differ(): Promise<void> {
  const { tenantId } = company;
  await client.query(
    `insert into user_sources (tenant_id, user_id, source_id, kind, asserted, writes, linked_at)
     select $1, id, '00000000-0000-0000-0000-00000000000a', 'LOCAL',
       jsonb_build_object('title', jsonb_build_object('value', 'Own title of ' || user_name, 'write', 2),
         'nickName', jsonb_build_object('value', 'Own name of ' || user_name, 'write', 2)),
       '{"2": {"at": "2026-01-01T00:00:00.000Z", "actor": "bench", "request": null}}', now()
     from users where tenant_id = $1 and status <> 'DELETED'`,
    [tenantId],
  );
  await client.query('update users set version = 2 where tenant_id = $1', [tenantId]);
  await client.query('vacuum analyze');
}

type Impact = { token: string; usersExamined: number; usersChanged: number; valuesChanged: number };
type Answer = { data: { impact: Impact; payload: { usersChanged: number; problems: object[] } }; errors?: object[] };

async function timed(query: string) {
  const start = performance.now();
  const answer = await fetch(`${company.urls.hub}/graphql`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${company.adminKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await answer.json()) as Answer;
  if (errors) throw new Error(JSON.stringify(errors));
  return { data, seconds: (performance.now() - start) / 1000 };
}
