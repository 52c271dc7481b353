import type { Outcome, Report } from './outcome.ts';
import { MARKS } from './table.ts';
import { readable, trim } from './trim.ts';

/** The report as a page. It holds no time and no id of the run, so that it changes only when the server does. */
export function markdown(report: Report): string {
  const { name, totals, outcomes } = report;
  const suites = [...Map.groupBy(outcomes, ({ suite }) => suite)];
  return `${[
    `# Conformance of ${name}`,
    '',
    'Written by the run itself:',
    '',
    '```sh',
    `npm run conformance -- --url "$HUB/scim/v2" --token "$TOKEN" --name "${name}" --markdown docs/conformance.md`,
    '```',
    '',
    '| suite | passed | failed | warned | skipped |',
    '|---|--:|--:|--:|--:|',
    ...totals.map(
      ({ suite, pass, fail, warn, skip }) =>
        `| [${suite}](#${anchor(suite)}) | ${pass} | ${fail} | ${warn} | ${skip} |`,
    ),
    '',
    '✓ passed · ✗ a MUST is broken · ! a SHOULD is broken · – not offered by the server, or not asked for',
    ...troubles(outcomes),
    ...suites.flatMap(([suite, checks]) => ['', `## ${suite}`, ...sections(checks)]),
  ].join('\n')}\n`;
}

const anchor = (title: string) =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\d\s-]/gu, '')
    .replaceAll(/\s/g, '-');

function sections(checks: Outcome[]): string[] {
  return [...Map.groupBy(checks, ({ section }) => section)].flatMap(([section, some]) => [
    '',
    `### ${section}`,
    '',
    '| | | asked by |',
    '|:-:|---|---|',
    ...some.map(
      ({ mark, title, cite, why }) =>
        `| ${MARKS[mark]} | ${cell(title)}${mark === 'skip' ? ` (${cell(why)})` : ''} | ${cell(cite)} |`,
    ),
  ]);
}

function troubles(outcomes: Outcome[]): string[] {
  const some = outcomes.filter(({ mark }) => mark === 'fail' || mark === 'warn');
  if (some.length === 0) return [];
  return ['', '## What did not pass', ...some.flatMap(trouble)];
}

function trouble({ mark, suite, title, cite, why, exchange }: Outcome): string[] {
  const head = ['', `**${MARKS[mark]} ${title}** (${suite}; ${cite})`, '', `Expected ${trim(why)}.`];
  if (!exchange) return head;
  const { method, path, body, status, answer } = exchange;
  const sent = [`${method} ${trim(readable(path))}`, ...(body === '' ? [] : [trim(body)])];
  return [...head, '', '```', ...sent, `→ ${status} ${timeless(trim(answer))}`.trimEnd(), '```'];
}

const cell = (text: string) => text.replaceAll('|', '\\|');

const timeless = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*Z/g, '<time>');
