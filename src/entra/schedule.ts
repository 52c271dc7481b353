/** A piece of work that may run beside others. */
export type Task = () => Promise<void>;

/**
 * Runs queues of tasks: at most `parallel` at once, at most `perQueue` of one queue, queues served in turn.
 * The first failure stops further starts; it is thrown once everything in flight has ended.
 */
export function schedule(queues: readonly Task[][], parallel: number, perQueue: number): Promise<void> {
  const lanes = queues.filter((tasks) => tasks.length > 0).map((tasks) => ({ tasks, next: 0, busy: 0 }));
  let running = 0;
  let turn = 0;
  let failure: { error: unknown } | undefined;

  const nextLane = () => {
    for (let i = 0; i < lanes.length; i++) {
      const at = (turn + i) % lanes.length;
      const lane = lanes[at]!;
      if (lane.busy >= perQueue || lane.next >= lane.tasks.length) continue;
      turn = at + 1;
      return lane;
    }
    return undefined;
  };

  return new Promise((resolve, reject) => {
    const pump = (): void => {
      while (!failure && running < parallel) {
        const lane = nextLane();
        if (!lane) break;
        running++;
        lane.busy++;
        lane.tasks[lane.next++]!()
          .catch((error: unknown) => {
            failure ??= { error };
          })
          .finally(() => {
            running--;
            lane.busy--;
            pump();
          });
      }
      if (running > 0) return;
      if (failure) reject(failure.error);
      else resolve();
    };
    pump();
  });
}
