import { dynamicSignal } from './dynamic-signal.ts';
import { dynasend } from './dynasend.ts';
import { entraStandard } from './entra-standard.ts';
import type { Scenario } from './scenario.ts';
import { signInEnterprise } from './sign-in-enterprise.ts';
import { signl4 } from './signl4.ts';

const scenarios = [entraStandard, dynamicSignal, signInEnterprise, dynasend, signl4];

/** The story of a preset. Throws an Error that names those there are. */
export function scenarioOf(preset: string): Scenario {
  const found = scenarios.find((one) => one.preset === preset);
  if (found) return found;
  throw new Error(`--preset must be one of ${scenarios.map((one) => one.preset).join(', ')}.`);
}
