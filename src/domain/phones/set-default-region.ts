import type { Command } from '../command.ts';
import { invalid } from '../errors.ts';
import { event } from '../event.ts';
import { regionOf } from './e164.ts';

/** Says in which country numbers without a country code are, of people whose address names none; null: in none. */
export const setDefaultRegion: Command<string | null, string | null> = {
  name: 'setDefaultRegion',
  needs: 'rules:write',
  atomicity: 'statement',
  async perform({ tx, actor, origin }, given) {
    const region = given === null ? null : regionOf(given);
    if (given !== null && region === null) throw invalid(['region'], 'region must be a country code such as DE.');
    const from = await tx.phones.defaultRegion();
    if (from === region) return region;
    const change = { key: 'defaultRegion', from, to: region };
    await tx.phones.setDefaultRegion(region, event(origin, 'tenant.updated', 'tnt', actor.tenantId, [change]));
    return region;
  },
};
