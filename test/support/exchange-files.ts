import { readdirSync, readFileSync } from 'node:fs';
import type { Scenario, Step } from './exchange.ts';

/** A file of test/entra. `given` names groups of steps; a scenario lists those it starts with. */
interface ExchangeFile {
  about: string;
  given?: Record<string, Step[]>;
  scenarios: (Scenario & { given?: string[] })[];
}

export interface Recording {
  name: string;
  about: string;
  scenarios: Scenario[];
}

const FOLDER = new URL('../entra/', import.meta.url);

/** All files of test/entra, in order of name; throws on a member that the runner does not know. */
export function readRecordings(): Recording[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => recording(name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))));
}

/** Puts the steps of `given` in front of each scenario and refuses misspelt members, which would otherwise test nothing. */
export function recording(name: string, file: ExchangeFile): Recording {
  onlyKnown(name, file, ['about', 'given', 'scenarios']);
  const scenarios = file.scenarios.map(({ title, given, steps, ...rest }) => {
    onlyKnown(`${name}, ${title}`, rest, []);
    if (!/^[A-Z]\d+ \S/.test(title)) throw new Error(`${name}: a title begins with the item it proves: ${title}`);
    const before = (given ?? []).flatMap((each) => {
      const found = file.given?.[each];
      if (!found) throw new Error(`${name}, ${title}: nothing is given as ${each}`);
      return found;
    });
    const all = [...before, ...steps];
    for (const step of all) checkStep(`${name}, ${title}`, step);
    return { title, steps: all };
  });
  return { name, about: file.about, scenarios };
}

function checkStep(where: string, step: Step): void {
  if ('parallel' in step) {
    onlyKnown(where, step, ['parallel']);
    for (const each of step.parallel) checkStep(where, each);
  } else if ('repeat' in step) {
    onlyKnown(where, step, ['repeat', 'step']);
    checkStep(where, step.step);
  } else {
    onlyKnown(where, step, ['request', 'expect', 'save']);
    onlyKnown(where, step.request, ['method', 'path', 'headers', 'body', 'rawBody', 'directory']);
    onlyKnown(where, step.expect, ['status', 'headers', 'body', 'absent', 'equals']);
  }
}

function onlyKnown(where: string, value: object, known: string[]): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${where}: unknown member ${unknown.join(', ')}`);
}
