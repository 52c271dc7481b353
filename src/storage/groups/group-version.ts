/**
 * A group's version and the time of its last change, from its events: members come and go without a write to the group's
 * own row, on which all of them would wait. Of events whose transactions overlap the older may be seen last, so the
 * version is a digest of the last few and not the number of the last one. Joins `v` to a group `g`; $1 is the tenant.
 */
export const groupVersion = `
left join lateral (
  select hashtextextended(string_agg(e.seq::text, ' ' order by e.seq), 0) & 9007199254740991 as version, max(e.at) as at
  from (
    (select seq, at from events where tenant_id = $1 and subject_id = g.id order by xact desc, seq desc limit 12)
    union all
    (select seq, at from events where tenant_id = $1 and subject_id = g.team_id order by xact desc, seq desc limit 12)
  ) e
) v on true`;
