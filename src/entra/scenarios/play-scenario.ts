import type { Scenario, Step } from './scenario.ts';
import { type Place, setStage } from './stage.ts';

/** How a story went: a line for each promise and each step that failed. */
export interface Outcome {
  kept: number;
  broken: number;
  lines: string[];
}

/** Plays a story to the end, whatever breaks on the way. Throws only when it cannot begin. */
export async function playScenario(
  scenario: Scenario,
  place: Place,
  tell: (line: string) => void = () => {},
): Promise<Outcome> {
  const stage = await setStage(scenario, place);
  const outcome: Outcome = { kept: 0, broken: 0, lines: [] };
  try {
    for (const step of scenario.story) {
      const failure = await step.play(stage).then(
        () => undefined,
        (error: Error) => error.message,
      );
      if (failure !== undefined) outcome.broken++;
      else if (step.row !== undefined) outcome.kept++;
      if (failure === undefined && step.row === undefined) continue;
      const line = lineOf(step, failure);
      outcome.lines.push(line);
      tell(line);
    }
  } finally {
    stage.close();
  }
  return outcome;
}

const lineOf = ({ row = '–', words }: Step, failure: string | undefined) =>
  `${row.padEnd(4)}  ${words}  ${failure === undefined ? 'ok' : `broken: ${failure.replace(/\s+/g, ' ')}`}`;
