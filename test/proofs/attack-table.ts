import { attacks } from './attacks.ts';
import { allTitles, attacksOf } from './titles.ts';

const HEAD = '| id | what went wrong elsewhere | seen as | tests |';

/** The page about attacks with its table as the titles of tests make it. */
export function withAttacks(page: string): string {
  const [before, after] = page.split(`${HEAD}\n`);
  if (after === undefined) throw new Error('The page has no table of attacks.');
  const behind = after.split('\n').findIndex((line) => !line.startsWith('|'));
  return [before + HEAD, '|---|---|---|---|', ...rows(), ...after.split('\n').slice(behind)].join('\n');
}

/** Ids in titles that are of no attack, such as a slip of the pen. */
export const unknownAttacks = (): string[] =>
  [...new Set(allTitles().flatMap(attacksOf))].filter((id) => !Object.hasOwn(attacks, id));

function rows(): string[] {
  const files = new Map<string, Set<string>>();
  for (const title of allTitles()) {
    for (const id of attacksOf(title)) files.set(id, (files.get(id) ?? new Set()).add(title.file));
  }
  return Object.entries(attacks).map(
    ([id, { words, seen }]) => `| ${id} | ${words} | ${seen} | ${links(files.get(id)) || 'no test yet'} |`,
  );
}

const links = (files: Set<string> = new Set()): string =>
  [...files].map((file) => `[${file.replace(/^test\/|\.test\.ts$/g, '')}](../${file})`).join(', ');
