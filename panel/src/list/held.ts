/** Pure rules of an order that rests while somebody points at it. */

interface Row {
  id: string;
}

export interface Held<R> {
  shown: R[];
  /** How many rows stand higher, or are new, in the order that waits. */
  waiting: number;
}

/**
 * `rows` in the order of `held`, with what is new left out. Rows that only joined at the end move nothing, and a held
 * row that is gone leaves at once: its place is taken by what follows.
 */
export function keepOrder<R extends Row>(rows: R[], held: readonly string[]): Held<R> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const stable = held.flatMap((id) => byId.get(id) ?? []);
  if (stable.every((row, index) => rows[index] === row)) return { shown: rows, waiting: 0 };
  const place = new Map(stable.map((row, index) => [row.id, index]));
  const old = rows.filter((row) => place.has(row.id));
  const climbed = old.filter((row, index) => index < (place.get(row.id) ?? 0)).length;
  return { shown: stable, waiting: climbed + rows.length - old.length };
}
