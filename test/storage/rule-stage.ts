import type { Call } from '../../src/domain/command.ts';
import { event } from '../../src/domain/event.ts';
import type { Json } from '../../src/domain/json.ts';
import type { Source } from '../../src/domain/ownership.ts';
import { addDirectorySource, localSource, newPerson } from '../../src/domain/users/new-person.ts';
import { assertValues } from '../../src/domain/users/person.ts';
import type { UserFieldKey } from '../../src/fields/user.fields.ts';
import { columnOf } from '../../src/storage/users/user-columns.ts';
import { openTwoHubs } from '../support/two-hubs.ts';

/** A company with two directories. */
export type Company = { tenantId: string; admin: Call; directories: [string, string]; asDirectory(index: 0 | 1): Call };

/** What one source says of one field; `by` is the number of a directory, or the person. */
export type Word = { by: 0 | 1 | 'person'; key: string; value: Json };

/** A person as stored: the values that count, and what decides them. */
export type StoredPerson = { id: string; version: number; values: Record<string, Json>; sources: Source[] };

/** Two hubs on one database, as far as their memory goes two processes. */
export type RuleStage = Awaited<ReturnType<typeof openRuleStage>>;

/** Opens both hubs on a database of their own. */
export async function openRuleStage() {
  const { databases, hubs, seal, newCompany, close } = await openTwoHubs();
  const ask = <Row extends object>(tenantId: string, text: string, values: unknown[] = []) =>
    databases[0].session(tenantId, (session) => session.ask<Row>({ text, values }));
  return {
    hubs,
    seal,
    ask,
    close,
    async newCompany(): Promise<Company> {
      const { tenantId, admin, connect } = await newCompany();
      const made = [await connect('One'), await connect('Two')] as const;
      return { tenantId, admin, directories: [made[0].id, made[1].id], asDirectory: (index) => made[index].call };
    },
    /** Stores a person of whom these words were said in that order; returns the stored id. */
    async addPerson({ tenantId, directories }: Company, userName: string, words: readonly Word[]): Promise<string> {
      const at = new Date().toISOString();
      const policy = await hubs[0].storage.policy(tenantId, true);
      const person = newPerson(userName, at);
      const origin = { actor: 'test', requestId: null, at };
      const link = { externalId: null, userName, active: true, resource: { userName }, linkedAt: at, endedAt: null };
      await hubs[0].storage.open(tenantId, 'transaction', async (tx) => {
        const local = localSource(person);
        await tx.users.insert(person, local, event(origin, 'user.created', 'usr', person.id), policy);
        person.version = 1;
        for (const { by, key, value } of words) {
          const known = person.sources.find(({ id }) => by !== 'person' && id === directories[by]);
          const source = by === 'person' ? local : (known ?? addDirectorySource(person, directories[by], link));
          const write = { at, actor: 'test', request: null };
          const changes = assertValues(person, source, { [key]: value }, write, policy);
          if (changes.length === 0) continue;
          await tx.users.save(person, source, event(origin, 'user.updated', 'usr', person.id, changes), policy);
          person.version++;
        }
      });
      return person.id;
    },
    /** Everyone of the company, with these fields. */
    async people({ tenantId }: Company, keys: readonly string[]): Promise<StoredPerson[]> {
      const values = keys.map((key) => `'${key}', u.${columnOf(key as UserFieldKey)}`).join(', ');
      return ask<StoredPerson>(
        tenantId,
        `select u.id, u.version, json_build_object(${values}) as values, (
          select json_agg(json_build_object('id', s.source_id, 'kind', s.kind, 'live', true, 'asserted', s.asserted))
          from user_sources s where s.user_id = u.id) as sources
        from users u order by u.id`,
      );
    },
  };
}
