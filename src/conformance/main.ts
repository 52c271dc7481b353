import { readFileSync, writeFileSync } from 'node:fs';
import { markdown } from './markdown.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { runConformance } from './run.ts';
import { table } from './table.ts';

// The progress goes to stderr, so that stdout holds the report and nothing else.
async function run(options: Options): Promise<boolean> {
  if (options.help) {
    process.stdout.write(HELP);
    return true;
  }
  const { federation, ...rest } = options;
  const terminal = process.stderr.isTTY === true;
  const report = await runConformance({
    ...rest,
    ...(federation && {
      federation: { ...federation, assertion: readFileSync(federation.assertionFile, 'utf8').trim() },
    }),
    onProgress: (done, title) => void (terminal && process.stderr.write(`\r${done} ${title.slice(0, 70)}\x1b[K`)),
  });
  if (terminal) process.stderr.write('\r\x1b[K');
  if (options.markdown !== undefined) writeFileSync(options.markdown, markdown(report));
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${table(report, options.all)}\n`);
  return report.ok;
}

try {
  process.exitCode = (await run(readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
