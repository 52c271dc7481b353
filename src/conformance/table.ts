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
    const shown = all ? checks : checks.filter(({ mark }) => mark !== 'pass');
    const passed = checks.filter(({ mark }) => mark === 'pass').length;
    if (shown.length === 0) return ['', `✓ ${title} (${passed})`];
    return ['', `  ${title} (${passed} of ${checks.length})`, ...shown.flatMap(row)];
  });
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
