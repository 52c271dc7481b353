import { isDeepStrictEqual } from 'node:util';
import type { Directory } from '../directory.ts';
import type { Mapping } from '../mapping.ts';
import type { Cast } from './cast.ts';
import type { Stage } from './stage.ts';

/** A step of a story: something that is done, or a promise of the product's document with the id of its row. */
export interface Step {
  row?: string;
  words: string;
  /** Throws an Error that says in what it fails. */
  play(stage: Stage): Promise<unknown>;
}

/** What one product documents about provisioning, as a story that can be played to a hub. */
export interface Scenario {
  preset: string;
  /** What its document maps, and by what it matches. */
  mapping: Mapping;
  matchOn: string[];
  /** Who is in Entra before the first cycle. */
  company(cast: Cast): Directory;
  /** The steps in order; they share the stage. */
  story: readonly Step[];
}

/** A step that only makes things happen. */
export const does = (words: string, play: Step['play']): Step => ({ words, play });

/** A step that looks whether a promise is kept; `row` is its id in seeds.md. */
export const keeps = (row: string, words: string, play: Step['play']): Step => ({ row, words, play });

/** Throws unless what was found is what was promised. */
export function same(found: unknown, promised: unknown): void {
  if (isDeepStrictEqual(found, promised)) return;
  throw new Error(`found ${JSON.stringify(found)} rather than ${JSON.stringify(promised)}`);
}

const PATIENCE_MS = 10_000;

/** Looks until it is so, for as long as the hub may take for what it does beside requests. */
export async function eventually(look: () => Promise<unknown>): Promise<void> {
  const patient = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await look();
      return;
    } catch (error) {
      if (performance.now() > patient) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
