import { entraStandard } from './entra-standard.ts';
import type { PresetValues } from './preset.ts';

/** No groups; who has only the default app role stays out (seeds DS1); a deletion only deactivates (seeds DS4). */
export const dynamicSignal: PresetValues = {
  policy: { ...entraStandard.policy, groups: 'OFF', roleGate: ['*'], onDelete: 'DEACTIVATE' },
  rules: {},
};
