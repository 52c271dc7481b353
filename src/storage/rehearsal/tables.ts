/**
 * Every table of a tenant, each after those it refers to, and whether a shadow has its rows. What the commands of a directory
 * may see or meet is copied; of the others it is said why not. A shadow is emptied in the opposite order.
 */
export const rehearsedTables: Readonly<Record<string, 'copied' | { not: string }>> = {
  directories: 'copied',
  teams: 'copied',
  users: 'copied',
  field_rules: 'copied',
  custom_fields: 'copied',
  user_sources: 'copied',
  expected_links: 'copied',
  team_members: 'copied',
  directory_groups: 'copied',
  group_members: 'copied',
  custom_values: 'copied',
  roles: 'copied',
  role_grants: 'copied',
  role_rules: 'copied',
  app_role_holders: 'copied',
  central_members: 'copied',
  adoption_requests: 'copied',
  directory_health: { not: 'How the directory fares is looked at in the tenant itself.' },
  notices: { not: 'Nothing is told of a rehearsal.' },
  notice_recipients: { not: 'Nothing is told of a rehearsal.' },
  brakes: 'copied',
  brake_people: 'copied',
  held_groups: 'copied',
  held_memberships: 'copied',
  webhooks: { not: 'Nothing leaves the hub from a shadow.' },
  webhook_deliveries: { not: 'Nothing leaves the hub from a shadow.' },
  outbox: { not: 'Nothing leaves the hub from a shadow.' },
  invitations: { not: 'Nobody is invited by a rehearsal.' },
  phone_verifications: { not: 'Nobody is sent a code by a rehearsal.' },
  phone_codes: { not: 'Nobody is sent a code by a rehearsal.' },
  rule_changes: { not: 'Nobody is computed anew in a shadow.' },
  rehearsals: { not: 'A shadow does not rehearse.' },
  credentials: { not: 'Nobody signs in to a shadow; sign-in leads there.' },
  directory_federations: { not: 'Nobody signs in to a shadow.' },
  idempotency_keys: { not: 'Nobody asks a shadow through GraphQL.' },
  scim_requests: { not: 'What is rehearsed stands in the log of the tenant itself.' },
  sync_runs: { not: 'A rehearsal is counted by itself.' },
  events: { not: 'It has a log of its own; of the old one only what versions of groups are made of.' },
};

/** The tables that a copy fills, in that order. */
export const copiedTables: readonly string[] = Object.keys(rehearsedTables).filter(
  (table) => rehearsedTables[table] === 'copied',
);

/** The tables that a shadow is emptied of, in that order, the shadow itself last. */
export const emptiedTables: readonly string[] = [...Object.keys(rehearsedTables).reverse(), 'tenants'];
