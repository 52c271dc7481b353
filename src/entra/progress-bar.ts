import type { Progress } from './run-cycle.ts';

const WIDTH = 28;
const LINE_EVERY_MS = 2000;
const FRAME_EVERY_MS = 80;

/** Shows progress: one moving bar on a terminal, elsewhere a plain line every two seconds. `end` cleans up. */
export function progressBar(out: NodeJS.WriteStream): { show(progress: Progress): void; end(): void } {
  const terminal = out.isTTY === true;
  let shownAt = 0;
  return {
    show: (progress) => {
      const now = performance.now();
      if (now - shownAt < (terminal ? FRAME_EVERY_MS : LINE_EVERY_MS)) return;
      shownAt = now;
      out.write(terminal ? `\r${bar(progress)} ${line(progress)}\x1b[K` : `${line(progress)}\n`);
    },
    end: () => {
      if (terminal) out.write('\r\x1b[K');
    },
  };
}

function bar({ done, total }: Progress): string {
  const filled = total === 0 ? WIDTH : Math.round((done / total) * WIDTH);
  return '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
}

function line({ cycle, cycles, phase, done, total, requests, refused, seconds }: Progress): string {
  const rate = Math.round(requests / Math.max(seconds, 0.001));
  const trouble = refused > 0 ? ` · ${refused} refused` : '';
  return `cycle ${cycle}/${cycles} ${phase.padEnd(8)} ${done}/${total} · ${rate} requests/s${trouble}`;
}
