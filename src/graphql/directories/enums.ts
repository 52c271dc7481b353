import type { BrakeDecision, Counted } from '../../domain/brake/brake-store.ts';
import type { DisconnectPlan } from '../../domain/directories/directory-store.ts';
import type { DirectoryState } from '../../domain/policy.ts';
import type { Preset } from '../../domain/presets/presets.ts';
import { enumOf } from '../enum-of.ts';

/** Preset. */
export const PresetEnum = enumOf<Preset>('Preset', 'What a directory starts from.', {
  CUSTOM: 'Nothing is assumed.',
  ENTRA_STANDARD: 'What a gallery application of Entra does.',
  DYNAMIC_SIGNAL: 'As Dynamic Signal documents its provisioning.',
  SIGN_IN_ENTERPRISE: 'As Sign In Enterprise documents its provisioning.',
  DYNASEND: 'As Dynasend documents its provisioning.',
  SIGNL4: 'As SIGNL4 documents its provisioning.',
});

/** DirectoryState. */
export const DirectoryStateEnum = enumOf<DirectoryState>('DirectoryState', 'Whether a directory may write.', {
  DRAFT: 'Not yet enabled.',
  ACTIVE: 'Writes.',
  REHEARSAL: 'Is answered as if it wrote, and writes nothing.',
  PAUSED: 'Is turned away for the time being.',
  BRAKED: 'Its mass changes are held back.',
  DISCONNECTED: 'Is turned away for good; what it said stays as a base.',
});

/** DisconnectPlan. */
export const DisconnectPlanEnum = enumOf<DisconnectPlan>(
  'DisconnectPlan',
  'What becomes of the people whom only that directory holds.',
  {
    KEEP_MANUAL: 'They stay as they are and can be edited; their teams become manual teams.',
    DEACTIVATE: 'As KEEP_MANUAL, and they lose access.',
    DELETE: 'They are deleted, with the groups of the directory and the teams these made.',
  },
);

/** BrakeDecision. */
export const BrakeDecisionEnum = enumOf<BrakeDecision>('BrakeDecision', 'What becomes of what a brake holds.', {
  ALLOW_HELD: 'It is carried out.',
  RESTORE: 'It is taken back, with what the directory took within the hour before.',
});

/** BrakeReason. */
export const BrakeReasonEnum = enumOf<Counted>('BrakeReason', 'What a brake found too much.', {
  LOSS: 'People who were deactivated, deleted or taken out of a group.',
  CREATE: 'People who were made.',
});
