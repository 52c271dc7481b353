import type { Section } from '../check.ts';
import { attributesOf } from './attributes.ts';
import { bulk } from './bulk.ts';
import { create } from './create.ts';
import { cursors } from './cursors.ts';
import { discovery } from './discovery.ts';
import { errors } from './errors.ts';
import { etags } from './etags.ts';
import { filterLists } from './filter-lists.ts';
import { filterLogic } from './filter-logic.ts';
import { filterValues } from './filter-values.ts';
import { groups } from './groups.ts';
import { me } from './me.ts';
import { messages } from './messages.ts';
import { paging } from './paging.ts';
import { patchAdd } from './patch-add.ts';
import { patchRemove } from './patch-remove.ts';
import { patchReplace } from './patch-replace.ts';
import { patchRules } from './patch-rules.ts';
import { projection } from './projection.ts';
import { readAndDelete } from './read-and-delete.ts';
import { replace } from './replace.ts';
import { resources } from './resources.ts';
import { schemas } from './schemas.ts';
import { search } from './search.ts';
import { sorting } from './sorting.ts';
import { values } from './values.ts';

/** Every section of the RFC suite. */
export const rfcSections: Section[] = [
  ...[messages, errors, discovery, schemas, create, readAndDelete, replace, resources, values, groups],
  ...[patchAdd, patchReplace, patchRemove, patchRules],
  ...[filterValues, filterLogic, filterLists, projection, paging, sorting, cursors, search],
  ...[etags, bulk, me],
  ...[attributesOf('User'), attributesOf('Group')],
];
