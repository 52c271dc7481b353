import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { actorParts } from '../../domain/acting.ts';
import { notFound } from '../../domain/errors.ts';
import { explainField } from '../../domain/explain/explain-field.ts';
import type { Names } from '../../domain/explain/words.ts';
import { uuidOf, wireId } from '../../domain/ids.ts';
import type { Person } from '../../domain/users/person.ts';
import type { UserRow } from '../../domain/users/user-reader.ts';
import { loadDirectory } from '../directories/load-directories.ts';
import { demandVisible } from '../fields/field-states.ts';
import type { RequestContext } from '../request-context.ts';
import { editingOf } from '../users/editing.ts';
import { loadPerson, loadUser } from '../users/load-users.ts';
import { User } from '../users/user-type.ts';
import { Explanation } from './explanation-type.ts';

const NAME: ReadonlySet<string> = new Set(['userName']);

/** Why a field of a person has the value it has. */
@Resolver(() => User)
export class ExplainResolver {
  @FieldResolver(() => Explanation, {
    description: 'Why a field has the value it has: which source speaks, by which rule, what lost, who may edit it.',
  })
  async explainField(
    @Root() user: UserRow,
    @Ctx() context: RequestContext,
    @Arg('key', () => String, { description: 'Key of the field.' }) key: string,
  ) {
    const [person, policy] = await Promise.all([loadPerson(context, user.id), context.policy()]);
    demandVisible(context, key, policy);
    if (!person) throw notFound('user', wireId('usr', user.id));
    const [editing, names] = await Promise.all([editingOf(context, person), namesFor(context, person, key)]);
    return explainField(person, key, policy, editing, names);
  }
}

/** Names of whoever said anything of that field, as far as the caller may read them. */
async function namesFor(context: RequestContext, person: Person, key: string): Promise<Names> {
  const names = new Map<string, string>();
  const isDirectoryReader = context.actor.scopes.has('directories:read');
  const read = person.sources.map(async (source) => {
    if (source.kind === 'DIRECTORY') {
      const directory = isDirectoryReader ? await loadDirectory(context, source.id) : null;
      if (directory) names.set(wireId('dir', source.id), directory.name);
    }
    const cell = source.asserted[key];
    const by = cell ? actorParts(source.writes[cell.write]!.actor).person : null;
    const editor = by && (await loadUser(context, uuidOf('usr', by)!, NAME));
    if (editor) names.set(by, editor.userName!);
  });
  await Promise.all(read);
  return (id) => names.get(id) ?? null;
}
