import type { Command } from '../command.ts';
import { HubError, invalid } from '../errors.ts';
import { event } from '../event.ts';
import { newId } from '../ids.ts';
import { demandIndexable } from '../indexable.ts';
import { type Preset, presets } from '../presets/presets.ts';
import { isStorable } from '../users/check-value.ts';
import type { Directory } from './directory-store.ts';

export type NewDirectory = { name: string; preset: Preset };

/** Makes a directory; it is ready for its first token. */
export const createDirectory: Command<NewDirectory, Directory> = {
  name: 'createDirectory',
  needs: 'directories:write',
  atomicity: 'statement',
  async perform({ tx, origin }, { name, preset }) {
    demandName(name, 'name');
    const directory: Directory = {
      id: newId(),
      name,
      preset,
      state: 'ACTIVE',
      policy: presets[preset].policy,
      createdAt: origin.at,
      disconnecting: null,
    };
    const changes = [
      { key: 'name', from: null, to: name },
      { key: 'preset', from: null, to: preset },
    ];
    await tx.directories.insert(directory, event(origin, 'directory.created', 'dir', directory.id, changes));
    return directory;
  },
};

/** Refuses an empty, overlong or unstorable name. */
export function demandName(name: string, argument: string): void {
  if (name.trim() === '') throw new HubError('REQUIRED', `${argument} must not be empty.`, { path: [argument] });
  if (name.length > 200) throw invalid([argument], `${argument} is longer than 200 characters.`);
  if (!isStorable(name)) throw invalid([argument], `${argument} is not valid Unicode text.`);
  demandIndexable(argument, name);
}
