import { missing, type Proof, proofs } from './proofs.ts';

/** What is said of a row without a test. */
const otherwise = ({ screen, elsewhere, by }: Proof): string => {
  if (screen) return 'a page of the console';
  if (by) return `by ${by.join(' and ')}`;
  return elsewhere === undefined ? 'MISSING' : `nothing to prove: ${elsewhere}`;
};

const all = proofs();
for (const proof of all) {
  const told = proof.tests.map(({ file, title }) => `${file}: ${title}`);
  const lines = told.length > 0 ? told : [otherwise(proof)];
  process.stdout.write(`${proof.id.padEnd(4)} ${proof.words}\n${lines.map((line) => `       ${line}\n`).join('')}`);
}
const without = missing(all);
process.stdout.write(
  without.length === 0
    ? `All ${all.length} rows are proved.\n`
    : `${without.length} of ${all.length} rows have no test: ${without.join(', ')}\n`,
);
process.exitCode = without.length === 0 ? 0 : 1;
