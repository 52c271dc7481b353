import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/domain/ids.ts';
import { type LeasedItem, type OutboxQueue, Undeliverable } from '../../src/domain/outbox/outbox-queue.ts';
import type { Outgoing } from '../../src/domain/outbox/outbox-store.ts';
import { Database } from '../../src/storage/database.ts';
import { outboxQueue } from '../../src/storage/outbox/outbox-queue.ts';
import { APP_ROLE } from '../../src/storage/roles.ts';
import { openStorage } from '../../src/storage/storage.ts';
import { ensureTenant } from '../../src/storage/tenants.ts';
import { sendOutbox, waitAfter } from '../../src/work/send-outbox.ts';
import { createDatabase, type TestDatabase } from '../support/database.ts';

let holder: TestDatabase;
let database: Database;
let queue: OutboxQueue;
const tenants = [newId(), newId()];

beforeAll(async () => {
  holder = await createDatabase();
  database = new Database(holder.url, APP_ROLE);
  queue = outboxQueue(database);
  for (const id of tenants) await ensureTenant(database, id, 'Test');
});
afterAll(async () => {
  await database?.close();
  await holder?.drop();
});

const put = (outgoing: Partial<Outgoing> = {}, tenantId = tenants[0]!) =>
  openStorage(database).open(tenantId, 'transaction', ({ outbox }) =>
    outbox.put({ kind: 'test', payload: {}, ...outgoing }),
  );

const ask = (text: string, tenantId = tenants[0]!) =>
  database.session(tenantId, (session) => session.ask<Record<string, unknown>>({ text, values: [] }));

const clear = async () => {
  for (const id of tenants) await ask('delete from outbox', id);
};

describe('the outbox', () => {
  test('gives what is due of every tenant to one process, and to no other meanwhile', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => put({ payload: { index } }, tenants[index % 2]!)));
    const taken = (await Promise.all(Array.from({ length: 8 }, () => queue.lease(7)))).flat();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(40);
    expect(taken).toHaveLength(40);
    expect(await queue.lease(10)).toEqual([]);
    await clear();
  });

  test('gives a row up to another process when the one that took it has died', async () => {
    await put();
    const [dead] = await queue.lease(1);
    expect(await queue.lease(1)).toEqual([]);
    await ask(`update outbox set leased_until = now() - interval '1 second'`);
    const [again] = await queue.lease(1);
    expect(again).toMatchObject({ id: dead!.id, attempts: 2 });
    await queue.sent(dead!);
    expect(await queue.count()).toEqual({ waiting: 1, dead: 0 });
    await queue.sent(again!);
    expect(await queue.count()).toEqual({ waiting: 0, dead: 0 });
  });

  test('keeps a row that is still being sent', async () => {
    await put();
    const [item] = await queue.lease(1);
    await ask(`update outbox set leased_until = now() - interval '1 second'`);
    await queue.extend(item!);
    expect(await queue.lease(1)).toEqual([]);
    await clear();
  });

  test('takes a key once, sent or not, and keeps nothing of what was sent under it', async () => {
    await put({ dedupeKey: 'k', payload: { secret: 'canary' } });
    await put({ dedupeKey: 'k', payload: { secret: 'another' } });
    await put({ dedupeKey: 'k' }, tenants[1]);
    expect(await queue.count()).toMatchObject({ waiting: 2 });
    for (const item of await queue.lease(9)) await queue.sent(item);
    await put({ dedupeKey: 'k' });
    expect(await queue.count()).toEqual({ waiting: 0, dead: 0 });
    expect(JSON.stringify(await ask('select * from outbox'))).not.toContain('canary');
    await clear();
  });

  test('holds a row back until it is due', async () => {
    await put({ dueAt: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await queue.lease(1)).toEqual([]);
    expect(await queue.count()).toMatchObject({ waiting: 1 });
    await clear();
  });

  test('holds nothing of a transaction that was rolled back', async () => {
    const failed = openStorage(database).open(tenants[0]!, 'transaction', async ({ outbox }) => {
      await outbox.put({ kind: 'test', payload: {} });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await queue.count()).toEqual({ waiting: 0, dead: 0 });
  });

  test('waits longer after each failure, gives up after a day and shows what it gave up', async () => {
    await put();
    const [first] = await queue.lease(1);
    await queue.failed(first!, { reason: 'refused', againInSeconds: 3_600, final: false });
    expect(await queue.lease(1)).toEqual([]);
    await ask(`update outbox set due_at = now() - interval '1 second', give_up_at = now() + interval '1 hour'`);
    const [last] = await queue.lease(1);
    await queue.failed(last!, { reason: 'refused again', againInSeconds: 3_601, final: false });
    expect(await queue.count()).toEqual({ waiting: 0, dead: 1 });
    expect(await ask('select last_error from outbox')).toEqual([{ last_error: 'refused again' }]);
    await clear();
  });

  test('is seen by no tenant but its own', async () => {
    await put();
    expect(await ask('select * from outbox', tenants[1])).toEqual([]);
    await clear();
  });
});

test('the time between attempts grows to about an hour', () => {
  expect(waitAfter(1)).toBeLessThanOrEqual(3);
  expect(waitAfter(6)).toBeGreaterThanOrEqual(32);
  for (const attempts of [12, 30, 1_000]) expect(waitAfter(attempts)).toBeLessThanOrEqual(5_400);
});

describe('the workers', () => {
  test('send each row once, however many there are', async () => {
    const sent: string[] = [];
    const sender = async ({ id }: LeasedItem) => void sent.push(id);
    const stops = [1, 2, 3].map(() => sendOutbox({ queue, senders: { test: sender }, log: () => {} }));
    await Promise.all(Array.from({ length: 30 }, (_, index) => put({}, tenants[index % 2]!)));
    await vi.waitFor(async () => expect(await queue.count()).toEqual({ waiting: 0, dead: 0 }), 15_000);
    await Promise.all(stops.map((stop) => stop()));
    expect(sent).toHaveLength(30);
    expect(new Set(sent).size).toBe(30);
  });

  test('stop without waiting for ever for what never ends, and leave it to the next', async () => {
    const started = Promise.withResolvers<void>();
    const endless = () => {
      started.resolve();
      return new Promise<void>(() => {});
    };
    const stop = sendOutbox({ queue, senders: { endless }, log: () => {} });
    await put({ kind: 'endless' });
    await started.promise;
    await stop();
    expect(await queue.count()).toEqual({ waiting: 1, dead: 0 });
    await clear();
  }, 20_000);

  test('try again what failed, put back what they do not know, and give up what never arrives', async () => {
    const log: string[] = [];
    let tries = 0;
    const flaky = async () => {
      if (tries++ === 0) throw new Error('not now');
    };
    const refused = async () => {
      throw new Undeliverable('no such mailbox');
    };
    const stop = sendOutbox({ queue, senders: { flaky, refused }, log: (line) => log.push(line) });
    for (const kind of ['flaky', 'refused', 'of a later version']) await put({ kind });
    await vi.waitFor(async () => expect(await queue.count()).toEqual({ waiting: 1, dead: 1 }), 15_000);
    await stop();
    expect(tries).toBe(2);
    expect(log.join('\n')).toMatch(/flaky .* attempt 1: not now/);
    expect(await ask('select kind from outbox where dead_at is null')).toEqual([{ kind: 'of a later version' }]);
    await clear();
  });
});
