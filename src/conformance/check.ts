import type { Bench } from './bench.ts';
import type { Server } from './server.ts';

/** A MUST that is broken fails; a SHOULD that is broken is a warning. */
export type Level = 'must' | 'should';

/** One behaviour, proved by one exchange or a few. `cite` is the line that asks for it (`RFC 7644 §3.3`, `entra.md B22`). */
export interface Check<Given = unknown> {
  level: Level;
  cite: string;
  title: string;
  perform(bench: Bench, given: Given): Promise<void>;
}

/** Checks that belong together and share what `given` sets up. `offered` says why a server need not answer them. */
export interface Section<Given = unknown> {
  title: string;
  offered?(server: Server): string | undefined;
  given?(bench: Bench): Promise<Given>;
  checks(server: Server): Check<Given>[];
}

/** A section among sections that were given other things. */
export const section = <Given>(one: Section<Given>): Section => one as unknown as Section;

/** The standard leaves no choice. */
export const must = <Given>(cite: string, title: string, perform: Check<Given>['perform']): Check<Given> => ({
  level: 'must',
  cite,
  title,
  perform,
});

/** The standard recommends it. */
export const should = <Given>(cite: string, title: string, perform: Check<Given>['perform']): Check<Given> => ({
  level: 'should',
  cite,
  title,
  perform,
});
