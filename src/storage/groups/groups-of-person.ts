/**
 * The groups of directory `$2` that a person is in, as a JSON list; null for none. `$1` is the tenant, `person` their id in
 * SQL. The limit is there to have each group looked up by its id: a merge of both lists would walk through groups that the
 * person is not in.
 */
export const groupsOfPerson = (person: string): string => `(
  select json_agg(json_build_object('id', gg.id, 'display', gg.display_name) order by gg.id)
  from group_members gm
  cross join lateral (
    select g.id, g.display_name from directory_groups g
    where g.tenant_id = $1 and g.id = gm.group_id and g.directory_id = $2 limit 1
  ) gg
  where gm.tenant_id = $1 and gm.user_id = ${person})`;
