/** What points are computed from: coerced variables, and what was computed from them already. */
export type Given = { readonly variables: Readonly<Record<string, unknown>>; readonly known: Map<Points, number> };

/** A number of points, or how it follows from the variables. */
export type Points = number | ((given: Given) => number);

/** What a selection costs: once, and for each object of the page of the connection that it is made on, if it is. */
export type SelectionCost = { readonly once: Points; readonly each: Points };

/** The number of points under these variables. */
export const pointsAt = (points: Points, given: Given): number => (typeof points === 'number' ? points : points(given));

/** All of them together; a number as long as all are numbers. */
export function sum(all: readonly Points[]): Points {
  let fixed = 0;
  const varying: Points[] = [];
  for (const points of all) {
    if (typeof points === 'number') fixed += points;
    else varying.push(points);
  }
  if (varying.length === 0) return fixed;
  return (given) => varying.reduce<number>((total, points) => total + pointsAt(points, given), fixed);
}

/** So many times the points. */
export function times(many: Points, points: Points): Points {
  if (typeof many === 'number' && typeof points === 'number') return many * points;
  if (points === 0) return 0;
  return (given) => pointsAt(many, given) * pointsAt(points, given);
}

/** The same, computed once for each set of variables, however often it is asked. */
export function once(points: Points): Points {
  if (typeof points === 'number') return points;
  return (given) => {
    const known = given.known.get(points);
    if (known !== undefined) return known;
    const computed = points(given);
    given.known.set(points, computed);
    return computed;
  };
}
