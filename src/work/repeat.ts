/** Does the work now and again that long after it ended, in ms; what fails is told once, and tried again. Returns what ends it. */
export function repeat(
  pauseMs: number,
  work: (isOver: () => boolean) => Promise<void>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  let isOver = false;
  let isFailing = false;
  let timer: NodeJS.Timeout | null = null;
  let running = Promise.resolve();
  const tell = (error: unknown): void => {
    if (error !== null && !isFailing) onFailure(error);
    isFailing = error !== null;
  };
  const look = (): void => {
    running = work(() => isOver)
      .then(() => tell(null), tell)
      .finally(() => {
        if (!isOver) timer = setTimeout(look, pauseMs).unref();
      });
  };
  look();
  return async () => {
    isOver = true;
    if (timer) clearTimeout(timer);
    await running;
  };
}
