import { entraStandard } from './entra-standard.ts';
import type { PresetValues } from './preset.ts';

/** The directory is always the source of truth (seeds DY2); who is removed from it is removed here (seeds DY12). */
export const dynasend: PresetValues = {
  policy: { ...entraStandard.policy, onDelete: 'DELETE', removeAfterDeactivatedDays: 30 },
  rules: {},
};
