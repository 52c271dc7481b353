import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { Call, Hub } from '../../domain/command.ts';
import { type UndoReport, undoEvent, undoRequest, undoSyncRun } from '../../domain/history/undo.ts';
import type { Undone } from '../../domain/history/undone.ts';
import { wireId } from '../../domain/ids.ts';
import type { Policy } from '../../domain/policy.ts';
import { shownChanges } from '../events/changes.ts';
import { ValueChange } from '../events/event-type.ts';
import { attemptTo } from '../problems/attempt.ts';
import { payloadType } from '../problems/payload-type.ts';
import { problemsOf } from '../problems/problem-of.ts';
import { Problem } from '../problems/problem-types.ts';
import type { RequestContext } from '../request-context.ts';

/** What an undoing came to for one person. */
@ObjectType({ description: 'What an undoing came to for one person.', simpleResolvers: true })
class UndoneUser {
  @Field(() => ID, { description: 'Id of the person.' })
  userId!: string;

  @Field(() => [ValueChange], { description: 'What changed, or would change; empty when nothing was undone.' })
  changes!: object[];

  @Field(() => [Problem], { description: 'What could not be undone, and why.' })
  problems!: object[];
}

/** What an undoing came to for one directory group. */
@ObjectType({ description: 'What an undoing came to for one directory group.', simpleResolvers: true })
class UndoneGroup {
  @Field(() => ID, { description: 'Id of the group.' })
  groupId!: string;

  @Field(() => [ValueChange], { description: 'What changed, or would change; empty when nothing was undone.' })
  changes!: object[];

  @Field(() => [Problem], { description: 'What could not be undone, and why.' })
  problems!: object[];
}

const UndoPayload = payloadType('UndoPayload', {
  usersChanged: { type: () => Int, nullable: false, about: 'How many people were set back, or would be.' },
  usersRefused: { type: () => Int, nullable: false, about: 'How many stay as they are, for reasons told in users.' },
  users: { type: () => [UndoneUser], nullable: false, about: 'Each of them, the refused first; at most 1,000.' },
  groups: { type: () => [UndoneGroup], nullable: false, about: 'Each group that was concerned, likewise.' },
});

const MOST_LISTED = 1_000;
const idText = (what: string) => ({ description: `Id of the ${what}.` });
const previewText = { nullable: true, description: 'True: only tell what would change.' };

type Ask = { id: string; preview: boolean };
type Undo = (hub: Hub, call: Call, ask: Ask) => Promise<UndoReport>;

/** Takes things back, as new events. */
@Resolver()
export class UndoMutations {
  @Mutation(() => UndoPayload, {
    description:
      'Sets back what one event changed of a person or a directory group, unless it was changed again since.',
  })
  undoEvent(
    @Arg('id', () => ID, idText('event')) id: string,
    @Arg('preview', () => Boolean, previewText) preview: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return undo(context, undoEvent, { id, preview: preview === true });
  }

  @Mutation(() => UndoPayload, { description: 'Sets back what one SCIM request did to people and groups.' })
  undoRequest(
    @Arg('id', () => ID, idText('request in the provisioning log')) id: string,
    @Arg('preview', () => Boolean, previewText) preview: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return undo(context, undoRequest, { id, preview: preview === true });
  }

  @Mutation(() => UndoPayload, {
    description: 'Sets back what a sync run did: each person and group as a whole, or not at all.',
  })
  undoSyncRun(
    @Arg('id', () => ID, idText('run')) id: string,
    @Arg('preview', () => Boolean, previewText) preview: boolean | null | undefined,
    @Ctx() context: RequestContext,
  ) {
    return undo(context, undoSyncRun, { id, preview: preview === true });
  }
}

async function undo(context: RequestContext, work: Undo, ask: Ask) {
  const nothing = { usersChanged: 0, usersRefused: 0, users: [], groups: [] };
  const outcome = await attemptTo(context, async () => {
    const { undone, refused } = await work(context.hub, context.call, ask);
    const policy = await context.policy();
    const all = [...refused, ...undone];
    const listed = (kind: Undone['kind']) => all.filter((one) => one.kind === kind).slice(0, MOST_LISTED);
    return {
      usersChanged: people(undone.filter(({ changes }) => changes.length > 0)),
      usersRefused: people(refused),
      users: listed('usr').map((one) => ({ userId: wireId('usr', one.id), ...shown(one, context, policy) })),
      groups: listed('grp').map((one) => ({ groupId: wireId('grp', one.id), ...shown(one, context, policy) })),
    };
  });
  return { ...nothing, ...outcome };
}

const people = (all: readonly Undone[]): number => all.filter(({ kind }) => kind === 'usr').length;

const shown = ({ changes, problems }: Undone, context: RequestContext, policy: Policy) => ({
  changes: shownChanges(changes, context, policy.fields.known),
  problems: problems.flatMap((problem) => problemsOf(problem, policy)),
});
