import { entraStandard } from './entra-standard.ts';
import type { PresetValues } from './preset.ts';

/** Hosts and host groups; a host who is unassigned or deleted is hidden and keeps their history (seeds SE2). */
export const signInEnterprise: PresetValues = {
  policy: {
    ...entraStandard.policy,
    onDeactivate: 'HIDE',
    onDelete: 'HIDE',
    requiredFields: ['userName', 'email', 'givenName', 'familyName'],
    filterableFields: ['userName'],
    wordForUser: 'Host',
    wordForUsers: 'Hosts',
    wordForGroup: 'Host group',
    wordForGroups: 'Host groups',
  },
  rules: {},
};
