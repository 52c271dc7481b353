import { Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { AdoptionRequestRow } from './schema/adoption-request.ts';
import { Brake, BrakePerson, HeldGroup, HeldMembership } from './schema/brake.ts';
import { CustomFieldRow, CustomValue } from './schema/custom-field.ts';
import { Credential, Directory, DirectoryFederation } from './schema/directory.ts';
import { Event } from './schema/event.ts';
import { ExpectedLink } from './schema/expected-link.ts';
import { FieldRuleRow } from './schema/field-rule.ts';
import { DirectoryGroup, GroupMember } from './schema/group.ts';
import { IdempotencyKeyRow } from './schema/idempotency-key.ts';
import { InvitationRow } from './schema/invitation.ts';
import { DirectoryHealth, Notice, NoticeRecipients } from './schema/notice.ts';
import { OutboxRow } from './schema/outbox.ts';
import { PhoneCode, PhoneVerification } from './schema/phone.ts';
import { RehearsalRow } from './schema/rehearsal.ts';
import { AppRoleHolder, RoleGrant, RoleRow, RoleRuleRow } from './schema/role.ts';
import { RuleChangeRow } from './schema/rule-change.ts';
import { ScimRequest, SyncRun } from './schema/scim-request.ts';
import { CentralMember, Team, TeamMember } from './schema/team.ts';
import { Tenant } from './schema/tenant.ts';
import { User } from './schema/user.ts';
import { UserSource } from './schema/user-source.ts';
import { WebhookDeliveryRow, WebhookRow } from './schema/webhook.ts';

/** Every table, as MikroORM knows it. */
export const entities = [
  Tenant,
  Directory,
  Credential,
  DirectoryFederation,
  User,
  UserSource,
  ExpectedLink,
  AdoptionRequestRow,
  Team,
  TeamMember,
  CentralMember,
  DirectoryGroup,
  GroupMember,
  Brake,
  BrakePerson,
  HeldGroup,
  HeldMembership,
  FieldRuleRow,
  CustomFieldRow,
  CustomValue,
  PhoneVerification,
  PhoneCode,
  RuleChangeRow,
  RoleRow,
  RoleGrant,
  RoleRuleRow,
  AppRoleHolder,
  Event,
  ScimRequest,
  SyncRun,
  OutboxRow,
  InvitationRow,
  DirectoryHealth,
  Notice,
  NoticeRecipients,
  RehearsalRow,
  WebhookRow,
  WebhookDeliveryRow,
  IdempotencyKeyRow,
] as const;

/** MikroORM on that database: the schema, its migrations and the types of rows. `settings` are those of a session. */
export const openOrm = (url: string, settings = '') =>
  MikroORM.init({
    entities: [...entities],
    clientUrl: url,
    driverOptions: { options: settings },
    extensions: [Migrator],
    forceUtcTimezone: true,
    logger: () => {},
    migrations: { path: 'migrations', tableName: 'migrations', snapshot: false, allOrNothing: true },
  });
