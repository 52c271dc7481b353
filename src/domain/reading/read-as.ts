import { type Actor, demandAny, type Scope } from '../actor.ts';

type Method = (tenantId: string, ...rest: never[]) => unknown;

/** A reader whose tenant is settled. */
export type Guarded<Reader> = {
  [Name in keyof Reader]: Reader[Name] extends (tenantId: string, ...rest: infer Rest) => infer Answer
    ? (...rest: Rest) => Answer
    : never;
};

/**
 * The reader as that actor may use it: of the actor's own tenant, and each method demands one of the scopes first. There
 * is no other way to a reader from a room.
 */
export function readAs<Reader extends { [Name in keyof Reader]: Method }>(
  actor: Actor,
  scopes: readonly Scope[],
  reader: Reader,
): Guarded<Reader> {
  const guarded: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(reader) as [string, Method][]) {
    guarded[name] = async (...rest: never[]) => {
      demandAny(actor, scopes);
      return method(actor.tenantId, ...rest);
    };
  }
  return guarded as Guarded<Reader>;
}
