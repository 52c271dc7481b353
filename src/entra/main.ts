import { writeFileSync } from 'node:fs';
import { sampleCompany } from './company.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { progressBar } from './progress-bar.ts';
import { provision } from './provision.ts';
import { readDirectory } from './read-directory.ts';
import { playScenario } from './scenarios/play-scenario.ts';
import { scenarioOf } from './scenarios/scenarios.ts';
import { summary } from './summary.ts';

// The progress goes to stderr, so that stdout holds the report and nothing else.
async function run(options: Options): Promise<boolean> {
  if (options.help) {
    process.stdout.write(HELP);
    return true;
  }
  if (options.writeSample !== undefined) {
    writeFileSync(options.writeSample, `${JSON.stringify(sampleCompany(options), null, 2)}\n`);
    return true;
  }
  if (options.preset !== undefined) return await play(options.preset, options);
  const directory = options.directory === undefined ? sampleCompany(options) : readDirectory(options.directory);
  const bar = progressBar(process.stderr);
  const report = await provision({
    url: options.url!,
    token: options.token!,
    directory,
    dialect: options.dialect,
    cycles: options.cycles,
    scenario: options.scenario,
    parallel: options.parallel,
    matchOn: options.match,
    seed: options.seed,
    stateFile: options.state,
    onProgress: bar.show,
  });
  bar.end();
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${summary(report)}\n`);
  return report.ok;
}

async function play(preset: string, { url, key, seed, policy }: Options): Promise<boolean> {
  const place = { url: url!, key: key!, seed, ...(policy && { policy }) };
  const { kept, broken } = await playScenario(scenarioOf(preset), place, (line) => process.stdout.write(`${line}\n`));
  process.stdout.write(`${kept} kept, ${broken} broken\n`);
  return broken === 0;
}

try {
  process.exitCode = (await run(readOptions(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
