import type { Mark, Outcome, Report } from './outcome.ts';
import { readable, trim } from './trim.ts';

/** How a report shows each mark. */
export const MARKS: Record<Mark, string> = { pass: '✓', fail: '✗', warn: '!', skip: '–' };

const TITLE_WIDTH = 92;

/** The report as text for people: totals, then each section; what did not pass says what was sent and what came back. */
export function table(report: Report, all: boolean): string {
  return [`Conformance of ${report.name}`, '', ...totals(report), ...sections(report, all), '', verdict(report)].join(
    '\n',
  );
}

function totals({ totals }: Report): string[] {
  const width = Math.max(...totals.map(({ suite }) => suite.length), 0);
  const row = (cells: (string | number)[]) => cells.map((cell) => String(cell).padStart(7)).join('');
  return [
    `${''.padEnd(width)}${row(['passed', 'failed', 'warned', 'skipped'].map((one) => ` ${one}`))}`,
    ...totals.map(({ suite, pass, fail, warn, skip }) => `${suite.padEnd(width)}${row([pass, fail, warn, skip])}`),
  ];
}

function sections({ outcomes }: Report, all: boolean): string[] {
  const groups = Map.groupBy(outcomes, ({ suite, section }) => `${suite} · ${section}`);
  return [...groups].flatMap(([title, checks]) => {
    const passed = checks.filter(({ mark }) => mark === 'pass').length;
    if (passed === checks.length && !all) return ['', `✓ ${title} (${passed})`];
    const head = ['', `  ${title} (${passed} of ${checks.length})`];
    if (all) return [...head, ...checks.flatMap(row)];
    return [...head, ...checks.filter(({ mark }) => mark === 'fail' || mark === 'warn').flatMap(row), ...skips(checks)];
  });
}

/** What was not run, by reason; the checks are named where a reason has only a few. */
function skips(checks: Outcome[]): string[] {
  const byReason = Map.groupBy(
    checks.filter(({ mark }) => mark === 'skip'),
    ({ why }) => why,
  );
  return [...byReason].flatMap(([why, skipped]) =>
    skipped.length <= 3 ? skipped.flatMap(row) : [`  ${MARKS.skip} ${skipped.length} not run: ${why}`],
  );
}

function row({ mark, title, cite, why, exchange }: Outcome): string[] {
  const line = `  ${MARKS[mark]} ${title.padEnd(TITLE_WIDTH)}  ${cite}`;
  if (mark === 'pass') return [line];
  if (mark === 'skip') return [line, `      not run: ${why}`];
  const expected = [line, `      expected ${trim(why)}`];
  if (!exchange) return expected;
  const { method, path, body, status, answer } = exchange;
  const sent = body === '' ? [] : [`      ${trim(body)}`];
  return [
    ...expected,
    `      ${method} ${trim(readable(path))}`,
    ...sent,
    `      → ${status} ${trim(answer)}`.trimEnd(),
  ];
}

function verdict({ ok, totals }: Report): string {
  const failed = totals.reduce((sum, { fail }) => sum + fail, 0);
  return ok ? 'Nothing failed.' : `${failed} failed.`;
}
