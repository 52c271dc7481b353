import { readFileSync, writeFileSync } from 'node:fs';
import { withTables } from './systems.ts';

writeFileSync('docs/presets.md', withTables(readFileSync('docs/presets.md', 'utf8')));
