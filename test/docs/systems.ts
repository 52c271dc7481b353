import {
  type DirectoryPolicy,
  type SwitchName,
  switches,
  switchNames,
} from '../../src/domain/directories/directory-policy.ts';
import { sameJson } from '../../src/domain/json.ts';
import { type Preset, presets } from '../../src/domain/presets/presets.ts';
import { scenarioOf } from '../../src/entra/scenarios/scenarios.ts';

/** The systems that the page tells of: heading and preset. */
export const systems: readonly [heading: string, preset: Preset][] = [
  ['Entra standard', 'ENTRA_STANDARD'],
  ['Dynamic Signal', 'DYNAMIC_SIGNAL'],
  ['Sign In Enterprise', 'SIGN_IN_ENTERPRISE'],
  ['Dynasend', 'DYNASEND'],
  ['SIGNL4', 'SIGNL4'],
];

/** What the page says of a preset's switches: all of the standard's, of the others those that differ. */
function switchTable(preset: Preset): string {
  const standard = presets.ENTRA_STANDARD.policy;
  const { policy, rules } = presets[preset];
  if (preset === 'ENTRA_STANDARD') {
    const rows = switchNames.map((name) => [`\`${name}\``, shown(policy[name]), meaning(name, policy)]);
    return table(['switch', 'value', 'what it means'], rows);
  }
  const differing = switchNames.filter((name) => !sameJson(policy[name] as never, standard[name] as never));
  const rows = differing.map((name) => [
    `\`${name}\``,
    shown(policy[name]),
    shown(standard[name]),
    meaning(name, policy),
  ]);
  const ruled = Object.entries(rules).map(([key, truth]) => [
    `rule of \`${key}\``,
    shown(truth),
    shown('DIRECTORY'),
    'Who decides the field, unless an admin has decided that already.',
  ]);
  return table(['switch', 'here', 'Entra standard', 'what it means here'], [...rows, ...ruled]);
}

/** What is mapped in Entra for that product, as its story maps it. */
function mappingTable(preset: Preset): string {
  const { mapping } = scenarioOf(preset);
  const rows = Object.entries({ objectId: 'externalId', ...mapping.attributes }).map(([from, to]) => [
    `\`${from}\``,
    `\`${to}\``,
  ]);
  return table(['in Entra', 'SCIM attribute'], rows);
}

/** The page with its tables as they should be. */
export function withTables(page: string): string {
  const [top, ...sections] = page.split('\n## ');
  const told = sections.map((section) => {
    const preset = systems.find(([heading]) => section.startsWith(`${heading}\n`))?.[1];
    if (!preset) return section;
    return section
      .replace(/\| switch \|.*?(?=\n\n)/s, () => switchTable(preset))
      .replace(/\| in Entra \|.*?(?=\n\n)/s, () => mappingTable(preset));
  });
  return [top, ...told].join('\n## ');
}

const shown = (value: DirectoryPolicy[SwitchName]): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || (typeof value === 'object' && value.length === 0)) return '–';
  return `\`${Array.isArray(value) ? value.join(', ') : value}\``;
};

/** The meaning of the value that a switch has. */
function meaning(name: SwitchName, policy: DirectoryPolicy): string {
  const one = switches[name];
  return one.kind === 'choice'
    ? `${one.about} ${(one.values as Record<string, string>)[policy[name] as string]}`
    : one.about;
}

const table = (head: string[], rows: string[][]): string => {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
};
