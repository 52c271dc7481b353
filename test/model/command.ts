import type fc from 'fast-check';
import { expect } from 'vitest';
import { refusalOf, type World } from './world.ts';

/** Something that can happen: to the hub and to the model alike. Whatever it refuses, the model foresees. */
export type ModelCommand<Args> = {
  name: string;
  /** How often it is drawn, among the others. */
  weight: number;
  args: fc.Arbitrary<Args>;
  /** Does it, and tells the model; says by `demandRefusal` what must be refused. */
  run(world: World, args: Args): Promise<void>;
};

/** Does the work, which must be refused with that code, or not at all when it is null. True when it was done. */
export async function demandRefusal({ model }: World, code: string | null, work: Promise<unknown>): Promise<boolean> {
  expect(await refusalOf(work)).toBe(code);
  if (code !== null) model.refusals++;
  return code === null;
}
