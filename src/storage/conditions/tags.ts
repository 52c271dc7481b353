import { groupChange } from '../groups/group-version.ts';
import { groupsOfLink } from './group-of-user.ts';
import { wireText } from './wire-text.ts';

/** When the group `g` or its members last changed. */
export const groupModified = `greatest(g.updated_at, (select v.at from (${groupChange}) v))`;

/** The entity tag of the group `g`, as SCIM writes it. */
export const groupTag = `('W/"' || (select v.version from (${groupChange}) v) || '"')`;

/** The entity tag of the person `u` of the link `s`, as SCIM writes it. */
export const userTag = `('W/"' || u.version || coalesce('.' || (
  select crc32(convert_to(string_agg(${wireText('gg.id', 'grp')} || ' ' || gg.display_name || e'\\n', '' order by gg.id), 'UTF8'))
  from ${groupsOfLink}
), '') || '"')`;
