import { describe, expect, test } from 'vitest';
import { type Outcome, runsAfter } from '../../../src/domain/requests/sync-run.ts';

const request = (minute: number, ...outcomes: Outcome[]) => ({
  at: new Date(minute * 60_000).toISOString(),
  outcomes,
  reasons: [],
});

describe('the runs of a directory', () => {
  test('E2 requests make one run until there is none for more than five minutes', () => {
    const runs = runsAfter(null, false, [
      request(0, 'created'),
      request(5, 'created'),
      request(11),
      request(12, 'updated'),
    ]);
    expect(runs).toMatchObject([
      { startedAt: request(0).at, lastAt: request(5).at, requests: 2, created: 2 },
      { startedAt: request(11).at, lastAt: request(12).at, requests: 2, updated: 1 },
    ]);
  });

  test('E1 runs are INITIAL until one has written something', () => {
    const runs = runsAfter(null, false, [request(0), request(10, 'created'), request(20, 'created')]);
    expect(runs.map(({ kind }) => kind)).toEqual(['INITIAL', 'INITIAL', 'INCREMENTAL']);
    expect(runsAfter(null, true, [request(0, 'created')])[0]!.kind).toBe('INCREMENTAL');
  });

  test('later requests go on with the newest run, in whatever order they arrive, and leave the one given as it was', () => {
    const [first] = runsAfter(null, false, [request(3, 'failed')]);
    const [run, ...others] = runsAfter(first!, false, [request(4, 'skipped', 'deleted'), request(2)]);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ id: first!.id, startedAt: request(2).at, lastAt: request(4).at, requests: 3 });
    expect(run).toMatchObject({ failed: 1, skipped: 1, deleted: 1 });
    expect(first).toMatchObject({ requests: 1, deleted: 0 });
  });
});
