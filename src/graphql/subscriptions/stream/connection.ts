import type { ServerResponse } from 'node:http';
import { abortable } from '../abortable.ts';
import type { Listening } from '../listening.ts';
import type { Answered } from '../open-stream.ts';
import type { Holder } from '../operations.ts';
import type { Asked } from '../prepare.ts';
import { Refusal } from '../refusal.ts';
import { openWire, type Wire } from './wire.ts';

/** One answer that carries subscriptions: the one that it was asked for, or, once reserved, several by their ids. */
export type Connection = ReturnType<typeof openConnection>;

/** The two modes of the protocol. */
export type Mode = 'distinct' | 'single';

const ended: Answered = { errors: [{ message: 'This access has ended.', extensions: { code: 'UNAUTHENTICATED' } }] };

/** Opens a connection that is not on the wire yet. */
export function openConnection(operate: Listening['operate'], mode: Mode) {
  const holder: Holder = { session: null, streams: 0 };
  const operations = new Map<string, AsyncGenerator<Answered>>();
  const { promise: opened, resolve: onOpened } = Promise.withResolvers<Wire>();
  const { promise: gone, resolve: onGone } = Promise.withResolvers<void>();
  let wire: Wire | null = null;

  const next = (on: Wire, id: string, payload: Answered) =>
    on.send('next', mode === 'single' ? { id, payload } : payload);
  const complete = (on: Wire, id: string) => on.send('complete', mode === 'single' ? { id } : undefined);

  const tell = async (id: string, answers: AsyncGenerator<Answered>): Promise<void> => {
    const on = await opened;
    try {
      for await (const answered of answers) await next(on, id, answered);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await next(on, id, { errors: error.errors });
    }
    await complete(on, id);
    operations.delete(id);
    if (mode === 'distinct') on.end();
  };
  const over = (): void => {
    for (const answers of operations.values()) void answers.return(undefined);
    onGone();
  };
  const end = (): void => {
    if (wire) wire.end();
    else over();
  };
  return {
    holder,
    /** Resolves when its client is gone, or its reservation. */
    gone,
    operations: operations as ReadonlyMap<string, unknown>,
    isOpen: () => wire !== null,
    /** Takes that answer for its wire. */
    open(response: ServerResponse): void {
      wire = openWire(response, over);
      onOpened(wire);
    },
    /** Begins a subscription; rejects only by a bug. */
    begin(id: string, asked: Asked, requestId: string): Promise<void> {
      const answers = abortable((signal) => operate(holder, asked, requestId, signal));
      operations.set(id, answers);
      return tell(id, answers);
    },
    stop: (id: string): void => void operations.get(id)?.return(undefined),
    /** Tells the client that it may not be here any more, and ends. */
    endAccess(): void {
      for (const id of wire ? operations.keys() : []) {
        void next(wire!, id, ended);
        void complete(wire!, id);
      }
      end();
    },
    /** Ends without a word, so that clients connect again. */
    end,
    cut: (): void => wire?.cut(),
  };
}
