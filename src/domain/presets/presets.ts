import { type DirectoryPolicy, type SwitchName, switchNames } from '../directories/directory-policy.ts';
import { sameJson } from '../json.ts';
import { dynamicSignal } from './dynamic-signal.ts';
import { dynasend } from './dynasend.ts';
import { entraStandard } from './entra-standard.ts';
import type { PresetValues } from './preset.ts';
import { signInEnterprise } from './sign-in-enterprise.ts';
import { signl4 } from './signl4.ts';

/** What a directory may start from. A preset is only a starting set of values: every one of them stays editable. */
export const presets = {
  CUSTOM: entraStandard,
  ENTRA_STANDARD: entraStandard,
  DYNAMIC_SIGNAL: dynamicSignal,
  SIGN_IN_ENTERPRISE: signInEnterprise,
  DYNASEND: dynasend,
  SIGNL4: signl4,
} as const satisfies Record<string, PresetValues>;

export type Preset = keyof typeof presets;

/** The policy of a directory: its preset's values, and what an admin changed of them. */
export const policyOver = (preset: Preset, changed: Partial<DirectoryPolicy>): DirectoryPolicy => ({
  ...presets[preset].policy,
  ...changed,
});

/** Names of the switches whose value is not the preset's. */
export const differsFromPreset = (preset: Preset, policy: DirectoryPolicy): SwitchName[] =>
  switchNames.filter((name) => !sameJson(policy[name] as never, presets[preset].policy[name] as never));
