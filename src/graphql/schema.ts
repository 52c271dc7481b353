import 'reflect-metadata';
import { type GraphQLFieldResolver, type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AdoptionResolver, adoptionPlain } from './adoption/adoption-resolver.ts';
import { BrakeMutations, BrakeOfDirectory, BrakeResolver } from './directories/brake-resolver.ts';
import { DirectoryMutations, DirectoryPayloadResolver } from './directories/directory-mutations.ts';
import { DirectoryQueries } from './directories/directory-queries.ts';
import {
  DirectoryResolver,
  directoryPlain,
  GroupResolver,
  groupPlain,
  LinkResolver,
  tokenPlain,
} from './directories/directory-resolver.ts';
import { DisconnectMutations } from './directories/disconnect-mutations.ts';
import { OauthMutations } from './directories/oauth-mutations.ts';
import { clientSecretPlain, DirectoryOauthResolver, OauthResolver, oauthPlain } from './directories/oauth-resolver.ts';
import { PolicyResolver } from './directories/policy-resolver.ts';
import { EventResolver, eventPlain } from './events/event-resolver.ts';
import { ExplainResolver } from './explain/explain-resolver.ts';
import { DirectoryFieldsResolver } from './fields/directory-fields-resolver.ts';
import { FieldMutations } from './fields/field-mutations.ts';
import { FieldQueries, FieldStateResolver, RuleResolver, SourceResolver } from './fields/field-resolver.ts';
import { definitionPlain } from './fields/field-rows.ts';
import { RuleMutations } from './fields/rule-mutations.ts';
import { FieldChangeResolver, RulePreviewResolver } from './fields/rule-preview-resolver.ts';
import { CoverageResolver, DirectoryHealthResolver } from './health/health-resolver.ts';
import { HistoryResolver, snapshotPlain } from './history/history-resolver.ts';
import { UndoMutations } from './history/undo-mutations.ts';
import { KeyMutations } from './keys/key-mutations.ts';
import { setLeanResolvers } from './lean-resolvers.ts';
import { NoticeMutations } from './notices/notice-mutations.ts';
import { DirectoryNoticesResolver, NoticeResolver, noticePlain } from './notices/notice-resolver.ts';
import type { Connection } from './page/connection.ts';
import { phonePlain } from './phones/phone-fields.ts';
import { PhoneMutations } from './phones/phone-mutations.ts';
import type { PlainResolverTable } from './plain-resolvers.ts';
import { RehearsalMutations } from './rehearsal/rehearsal-mutations.ts';
import { RehearsalResolver, RehearsalSampleResolver } from './rehearsal/rehearsal-resolver.ts';
import { DirectoryLogResolver, RequestResolver, requestPlain, runPlain } from './requests/request-resolver.ts';
import { RoleMutations, RoleRulesPayloadResolver } from './roles/role-mutations.ts';
import {
  AppRoleGrantResolver,
  GroupGrantResolver,
  RoleQueries,
  RoleRuleResolver,
  rolePlain,
  roleRulePlain,
} from './roles/role-queries.ts';
import { UserRolesResolver } from './roles/user-roles-resolver.ts';
import { SeatLimitResolver, SeatResolver, SeatsPayloadResolver } from './seats/seat-resolver.ts';
import { EventSubscriptions } from './subscriptions/event-subscriptions.ts';
import { TeamMutations, TeamPayloadResolver } from './teams/team-mutations.ts';
import { TeamQueries } from './teams/team-queries.ts';
import { TeamResolver, teamPlain } from './teams/team-resolver.ts';
import { InvitationMutations } from './users/invitation-mutations.ts';
import { GoneUserMutations, UserMutations, UserPayloadResolver } from './users/user-mutations.ts';
import { UserQueries } from './users/user-queries.ts';
import { UserResolver, userPlain } from './users/user-resolver.ts';
import { ViewerQueries, ViewerResolver } from './viewer.ts';
import { WebhookMutations } from './webhooks/webhook-mutations.ts';
import { DeliveryResolver, deliveryPlain, WebhookResolver, webhookPlain } from './webhooks/webhook-resolver.ts';

const counted = { totalCount: (connection: Connection<unknown>) => connection.count() };

const plain: PlainResolverTable = {
  User: userPlain,
  Team: teamPlain,
  Directory: directoryPlain,
  DirectoryToken: tokenPlain,
  DirectoryOauth: oauthPlain,
  ClientSecret: clientSecretPlain,
  DirectoryGroup: groupPlain,
  FieldDefinition: definitionPlain,
  Role: rolePlain,
  RoleRule: roleRulePlain,
  Event: eventPlain,
  ScimRequest: requestPlain,
  SyncRun: runPlain,
  Notice: noticePlain,
  Webhook: webhookPlain,
  WebhookDelivery: deliveryPlain,
  UserSnapshot: snapshotPlain,
  AdoptionRequest: adoptionPlain,
  PhoneNumber: phonePlain,
  UserConnection: counted,
  TeamConnection: counted,
  DirectoryGroupConnection: counted,
};

/** The schema of the hub. Call it once: its types are the program's own. */
export async function createSchema(): Promise<GraphQLSchema> {
  const schema = await buildSchema({
    resolvers: [
      ViewerQueries,
      ViewerResolver,
      UserQueries,
      UserResolver,
      UserMutations,
      GoneUserMutations,
      InvitationMutations,
      UserPayloadResolver,
      TeamQueries,
      TeamResolver,
      TeamMutations,
      TeamPayloadResolver,
      DirectoryQueries,
      DirectoryResolver,
      GroupResolver,
      LinkResolver,
      DirectoryMutations,
      DirectoryPayloadResolver,
      DisconnectMutations,
      BrakeOfDirectory,
      BrakeResolver,
      BrakeMutations,
      PolicyResolver,
      DirectoryOauthResolver,
      OauthResolver,
      OauthMutations,
      FieldQueries,
      FieldMutations,
      DirectoryFieldsResolver,
      FieldStateResolver,
      RuleResolver,
      SourceResolver,
      RuleMutations,
      RulePreviewResolver,
      FieldChangeResolver,
      ExplainResolver,
      RoleQueries,
      RoleMutations,
      RoleRulesPayloadResolver,
      RoleRuleResolver,
      GroupGrantResolver,
      AppRoleGrantResolver,
      UserRolesResolver,
      EventResolver,
      DirectoryLogResolver,
      DirectoryHealthResolver,
      CoverageResolver,
      NoticeResolver,
      DirectoryNoticesResolver,
      NoticeMutations,
      RequestResolver,
      RehearsalResolver,
      RehearsalMutations,
      RehearsalSampleResolver,
      HistoryResolver,
      UndoMutations,
      PhoneMutations,
      KeyMutations,
      SeatResolver,
      SeatsPayloadResolver,
      SeatLimitResolver,
      AdoptionResolver,
      EventSubscriptions,
      WebhookResolver,
      DeliveryResolver,
      WebhookMutations,
    ],
    validate: false,
    // Asked for wherever there are subscriptions; ours read the log itself.
    pubSub: { publish: nothingElse, subscribe: nothingElse },
  });
  setLeanResolvers(schema);
  setPlainResolvers(schema);
  return schema;
}

const nothingElse = (): never => {
  throw new Error('Events come from the log and from nowhere else.');
};

/** Sets the resolvers that need no wrapping, and lets values say their own type. */
function setPlainResolvers(schema: GraphQLSchema): void {
  for (const [name, resolvers] of Object.entries(plain)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
    const fields = type.getFields();
    for (const [field, resolve] of Object.entries(resolvers)) {
      if (!fields[field]) throw new Error(`${name} has no field ${field}.`);
      fields[field].resolve = resolve as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: { __typename: string }) => value.__typename;
    if (isObjectType(type)) type.isTypeOf = undefined;
  }
}
