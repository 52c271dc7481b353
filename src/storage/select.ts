/** The columns of that table which were asked for, under their own names; `table` maps each name to its SQL. */
export function selectList<Name extends string>(
  table: Readonly<Record<Name, string>>,
  wanted: readonly Name[],
): string {
  return wanted
    .filter((name) => Object.hasOwn(table, name))
    .map((name) => `, ${table[name]} as "${name}"`)
    .join('');
}
