import type { Refusal } from './ledger.ts';
import type { Report } from './provision.ts';
import type { CycleReport } from './tally.ts';

const ROWS: readonly (readonly [label: string, name: keyof CycleReport])[] = [
  ['probes', 'probes'],
  ['matched', 'matched'],
  ['created users', 'createdUsers'],
  ['created groups', 'createdGroups'],
  ['patched users', 'patchedUsers'],
  ['  of these disabled', 'disabled'],
  ['  of these restored', 'restored'],
  ['patched groups', 'patchedGroups'],
  ['managers set', 'managers'],
  ['members added', 'memberAdds'],
  ['members removed', 'memberRemoves'],
  ['deleted users', 'deletedUsers'],
  ['deleted groups', 'deletedGroups'],
  ['unchanged', 'unchanged'],
  ['skipped', 'skipped'],
  ['refused', 'refused'],
  ['refused references', 'referenceFailures'],
  ['retries', 'retries'],
  ['PATCH requests', 'patches'],
  ['requests', 'requests'],
  ['seconds', 'seconds'],
  ['requests/s', 'requestsPerSecond'],
  ['p50 ms', 'p50Ms'],
  ['p99 ms', 'p99Ms'],
];

// More would push the table off the screen.
const SHOWN = 20;

/** The report as text for people: a row for each figure, a column for each cycle, then every distinct refusal. */
export function summary(report: Report): string {
  const columns = report.cycles.map((cycle) => [
    `cycle ${cycle.cycle}`,
    ...ROWS.map(([, name]) => (cycle[name] === 0 ? '·' : cycle[name].toLocaleString('en-US'))),
  ]);
  const labels = ['', ...ROWS.map(([label]) => label)];
  const labelWidth = Math.max(...labels.map(({ length }) => length));
  const widths = columns.map((cells) => Math.max(9, ...cells.map(({ length }) => length)));
  const table = labels.map((label, row) => {
    const cells = columns.map((column, i) => column[row]!.padStart(widths[i]!));
    return [label.padEnd(labelWidth), ...cells].join('  ').trimEnd();
  });
  const rule = '─'.repeat(labelWidth + widths.reduce((sum, width) => sum + width + 2, 0));
  const shown = report.refusals.slice(0, SHOWN).map(refusal);
  const hidden = report.refusals.length - shown.length;
  if (hidden > 0) shown.push(`\n… and ${hidden} more; --json lists them all.`);
  return [table[0], rule, ...table.slice(1), rule, verdict(report), ...shown].join('\n');
}

function verdict({ ok, quarantined, refusals }: Report): string {
  if (quarantined) return 'Quarantine: Entra would stop the job here and mail the administrator.';
  if (ok) return 'Nothing was refused.';
  return `${refusals.length} distinct ${refusals.length === 1 ? 'refusal' : 'refusals'}:`;
}

function refusal({ count, code, why, reference, status, method, path, body, answer }: Refusal): string {
  return [
    '',
    `${count} × ${code}${reference ? ' (reference)' : ''}: ${why}`,
    `  ${method} ${path}`,
    ...(body === undefined ? [] : [`  ${JSON.stringify(body)}`]),
    ...(status === 0 ? [] : [`  → ${status} ${answer.replaceAll('\n', ' ')}`.trimEnd()]),
  ].join('\n');
}
