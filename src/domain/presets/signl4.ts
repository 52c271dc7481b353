import { entraStandard } from './entra-standard.ts';
import type { PresetValues } from './preset.ts';

/** Teams from groups that have members, people only through groups, by e-mail and by invitation (seeds S1 to S31). */
export const signl4: PresetValues = {
  policy: {
    ...entraStandard.policy,
    usersOnlyTeam: true,
    emptyGroups: 'DEFER',
    stakeholderTeams: false,
    membershipGate: true,
    onLastGroupLost: 'REMOVE',
    adopt: 'BY_EMAIL',
    onSeatsFull: 'SKIP',
    invite: true,
    loginId: 'EMAIL',
    requiredFields: ['email'],
    checkTimeZones: true,
  },
  rules: { phone: 'LATEST' },
};
