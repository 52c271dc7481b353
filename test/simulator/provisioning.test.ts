import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleCompany } from '../../src/entra/company.ts';
import { expectations } from '../../src/entra/expectations.ts';
import { provision } from '../../src/entra/provision.ts';
import { type Hub, startHub, type TestDirectory } from '../support/hub.ts';
import { disagreements } from '../support/read-back.ts';

let hub: Hub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub?.stop());

const company = sampleCompany({ people: 120, groups: 15, seed: 7 });
const scenario = 'joiners-movers-leavers';
const at = ({ scim, token }: TestDirectory) => ({ url: scim, token });

describe.each(['verbose', 'batched', 'mixed'] as const)('Entra in the %s dialect', (dialect) => {
  test('E1 E4 a company is provisioned without a refusal, and reads back as its directory holds it', async () => {
    const directory = await hub.newDirectory();
    const report = await provision({ ...at(directory), directory: company, dialect, cycles: 1 });
    expect(report.refusals).toEqual([]);
    expect(await disagreements(directory, expectations(company))).toEqual([]);
  });

  test('B6 a second cycle over an unchanged directory sends no PATCH', async () => {
    const directory = await hub.newDirectory();
    const report = await provision({ ...at(directory), directory: company, dialect, cycles: 2 });
    expect(report.refusals).toEqual([]);
    expect(report.cycles[1]!.patches).toBe(0);
  });

  test('E2 joiners, movers and leavers of two further cycles arrive', async () => {
    const directory = await hub.newDirectory();
    const report = await provision({ ...at(directory), directory: company, dialect, cycles: 3, scenario });
    expect(report.refusals).toEqual([]);
    expect(await disagreements(directory, expectations(company, { cycles: 3, scenario }))).toEqual([]);
  });
});
