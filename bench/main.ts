import type { Case } from './case.ts';
import { casesNamed } from './cases.ts';
import { LoadProcess } from './load-process.ts';
import { machineLine } from './machine.ts';
import { type Line, measure } from './measure.ts';
import { readOptions } from './options.ts';
import { isServed } from './preflight.ts';
import { groupText, heading, isBelow, lineText, writeJson } from './report.ts';
import { setStage } from './stage.ts';

const say = (text: string) => process.stdout.write(`${text}\n`);

const start = performance.now();
const seconds = () => `${((performance.now() - start) / 1000).toFixed(0)} s`;
const options = readOptions(process.argv.slice(2));
const chosen = casesNamed(options.only);

say('Starting PostgreSQL, the hub and the floor; making 100,000 people …');
const stage = await setStage(options.profile);
const load = new LoadProcess(stage.company);
const lines: Line[] = [];
try {
  say(`Ready after ${seconds()}. ${await machineLine(stage.client)}\n`);
  say(heading);
  for (const group of Object.values(Object.groupBy(chosen, (one) => one.together ?? one.name))) {
    const served: Case[] = [];
    for (const one of group!) {
      if (await isServed(one, stage.company)) served.push(one);
      else say(`${one.name}: skipped, the hub does not serve it yet (404)`);
    }
    if (served.length === 0) continue;
    const measured = await measure(served, stage, load, options);
    for (const line of measured) say(lineText(line));
    lines.push(...measured);
  }
} finally {
  await load.stop();
  await stage.close();
}

const same = groupText(lines);
if (same) say(`\n${same.text}`);
const busiest = Math.max(0, ...lines.map((line) => line.loadCpu));
say(`\nMedians of ${options.rounds} rounds of ${options.seconds} s a side, 16 connections.`);
say(`The load took at most ${(busiest * 100).toFixed(0)} % of one core. Total ${seconds()}.`);
if (options.json) await writeJson(options.json, lines);
if (options.strict && (lines.some(isBelow) || same?.isBelow)) process.exitCode = 1;
