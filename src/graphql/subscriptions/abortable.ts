/**
 * A generator that ends when its consumer lets go, even while it waits: one alone would first finish its wait. An error
 * after that is nobody's.
 */
export function abortable<Value>(open: (signal: AbortSignal) => AsyncGenerator<Value>): AsyncGenerator<Value> {
  const end = new AbortController();
  const inner = open(end.signal);
  return {
    next: () => inner.next(),
    async return(value) {
      end.abort();
      return inner.return(value).catch(() => ({ done: true, value: undefined }));
    },
    throw: (error) => inner.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await this.return(undefined);
    },
  };
}
