import { randomBytes } from 'node:crypto';
import { type Bench, openBench } from './bench.ts';
import type { Check, Section } from './check.ts';
import { Broken, NotOffered } from './demand.ts';
import { type Line, openLine } from './line.ts';
import { type Outcome, type Report, reportOf } from './outcome.ts';
import { readServer, type Server } from './server.ts';
import { type Suite, type SuiteOptions, suites } from './suites.ts';
import { hideFrom } from './trim.ts';

/** What to run against which server. */
export interface RunOptions extends SuiteOptions {
  url: string;
  token: string;
  /** Name of the server in the report. */
  name: string;
  /** Only checks whose suite, section, title or citation contains this. */
  only?: string;
  onProgress?(done: number, title: string): void;
}

/** Runs the suites one check after the other, each of which deletes what it made. Throws when no server answers. */
export async function runConformance(options: RunOptions): Promise<Report> {
  const url = baseOf(options.url);
  const prefix = `conf${randomBytes(4).toString('hex')}`;
  const line = watched(openLine(url, options.token));
  await demandAnswer(line);
  const server = await readServer(line, url);
  let count = 0;
  const name = (label = 'x') => `${prefix}-${++count}-${label}`;
  const run: Run = { line, server, name, outcomes: [], hide: hideFrom(options.token, prefix, line.ids), options };
  for (const suite of suites(options)) for (const section of suite.sections) await runSection(run, suite, section);
  return reportOf(options.name, run.outcomes);
}

interface Run {
  line: WatchedLine;
  server: Server;
  name(label?: string): string;
  outcomes: Outcome[];
  hide(text: string): string;
  options: RunOptions;
}

type WatchedLine = Line & { last(): Outcome['exchange']; ids: string[] };

/** Remembers the last exchange, for checks that break without naming one, and every id that the server gave. */
function watched(line: Line): WatchedLine {
  let last: Outcome['exchange'] = null;
  const ids: string[] = [];
  const send: Line = async (...request) => {
    const reply = await line(...request);
    last = reply.exchange;
    if (reply.status === 201 && typeof reply.body.id === 'string' && reply.body.id !== '') ids.push(reply.body.id);
    return reply;
  };
  return Object.assign(send, { last: () => last, ids });
}

async function demandAnswer(line: Line): Promise<void> {
  const { status, text } = await line('GET', '/Users?count=1');
  if (status === 0) throw new Error(`No answer: ${text}`);
  if (status === 401 || status === 403) throw new Error(`The server refuses the token: ${status}.`);
}

async function runSection(run: Run, suite: Suite, section: Section): Promise<void> {
  const { line, server, name, options } = run;
  const wanted = section.checks(server).filter((check) => isWanted(options.only, suite, section, check));
  if (wanted.length === 0) return;
  const closed = section.offered?.(server);
  const shared = openBench(line, server, name);
  let given: unknown;
  let trouble: unknown = closed === undefined ? undefined : new NotOffered(closed);
  if (trouble === undefined) {
    try {
      given = await section.given?.(shared);
    } catch (error) {
      trouble = error;
    }
  }
  for (const check of wanted) {
    const outcome = await runCheck(run, check, openBench(line, server, name), given, trouble);
    run.outcomes.push({ suite: suite.name, section: section.title, title: check.title, cite: check.cite, ...outcome });
    options.onProgress?.(run.outcomes.length, check.title);
  }
  await shared.cleanUp();
}

type Result = Pick<Outcome, 'mark' | 'why' | 'exchange'>;

async function runCheck(run: Run, check: Check, bench: Bench, given: unknown, trouble: unknown): Promise<Result> {
  try {
    if (trouble !== undefined) throw trouble;
    await check.perform(bench, given);
    return { mark: 'pass', why: '', exchange: null };
  } catch (error) {
    return judge(run, check, error);
  } finally {
    await bench.cleanUp();
  }
}

/** An error that no check foresaw comes from an answer of a form that nobody would expect. */
function judge({ line, hide }: Run, check: Check, thrown: unknown): Result {
  if (thrown instanceof NotOffered) return { mark: 'skip', why: thrown.message, exchange: null };
  const error = thrown instanceof Broken ? thrown : new Broken(`an answer that can be read (${String(thrown)})`);
  const exchange = error.exchange ?? line.last();
  return {
    mark: check.level === 'must' && !error.allowed ? 'fail' : 'warn',
    why: hide(error.message),
    exchange: exchange && {
      ...exchange,
      path: hide(exchange.path),
      body: hide(exchange.body),
      answer: hide(exchange.answer),
    },
  };
}

function isWanted(only: string | undefined, suite: Suite, section: Section, check: Check): boolean {
  if (only === undefined) return true;
  const text = [suite.name, section.title, check.title, check.cite].join(' ').toLowerCase();
  return text.includes(only.toLowerCase());
}

/** The base address without a flag and without slashes at its end. */
function baseOf(url: string): string {
  const { origin, pathname } = new URL(url);
  let end = pathname.length;
  while (pathname[end - 1] === '/') end--;
  return origin + pathname.slice(0, end);
}
