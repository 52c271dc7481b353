import { readFileSync, writeFileSync } from 'node:fs';
import { withAttacks } from './attack-table.ts';

writeFileSync('docs/attacks.md', withAttacks(readFileSync('docs/attacks.md', 'utf8')));
