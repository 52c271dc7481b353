import { groupsOfLink } from './group-of-user.ts';
import { wireText } from './wire-text.ts';

/** One column of the newest of the events of the group `g` and of its team. */
const ofLastEvent = (column: string): string => {
  const newest = (subject: string) =>
    `(select e.${column} from events e where e.tenant_id = g.tenant_id and e.subject_id = ${subject}
      order by e.xact desc, e.seq desc limit 1)`;
  return `greatest(${newest('g.id')}, ${newest('g.team_id')})`;
};

/** When the group `g` or its members last changed. */
export const groupModified = `greatest(g.updated_at, ${ofLastEvent('at')})`;

/** The entity tag of the group `g`, as SCIM writes it: members come and go without a write to the group itself. */
export const groupTag = `('W/"' || coalesce(${ofLastEvent('seq')}, 0) || '"')`;

/** The entity tag of the person `u` of the link `s`, as SCIM writes it. */
export const userTag = `('W/"' || u.version || coalesce('.' || (
  select crc32(convert_to(string_agg(${wireText('gg.id', 'grp')} || ' ' || gg.display_name || e'\\n', '' order by gg.id), 'UTF8'))
  from ${groupsOfLink}
), '') || '"')`;
