const newest = (subject: string): string => `
  (select e.seq, e.at from events e where e.tenant_id = g.tenant_id and e.subject_id = ${subject}
    order by e.xact desc, e.seq desc limit 12)`;

/**
 * The version of a group `g` and the time of its last change, from its events and its team's: members come and go without a
 * write to the group's own row, on which all of them would wait. Of events whose transactions overlap the older may be
 * seen last, so the version is a digest of the last few and not the number of the last one.
 */
export const groupChange = `
select coalesce(hashtextextended(string_agg(e.seq::text, ' ' order by e.seq), 0) & 9007199254740991, 0) as version,
  max(e.at) as at
from (${newest('g.id')} union all ${newest('g.team_id')}) e`;

/** Joins it as `v`. */
export const groupVersion = `cross join lateral (${groupChange}) v`;
