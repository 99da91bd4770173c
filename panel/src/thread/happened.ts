/** What happened to the conversation between its messages, and is worth a line there. */

import type { HistoryEntry } from "@shared/wire";

/** Those of the history that the thread tells of. */
function isTold({ action, cause }: HistoryEntry): boolean {
  if (action === "queued") return cause === "reopened" || cause === "requested";
  return action === "resolved" || action === "ended" || action === "rated";
}

/**
 * For each line what happened before it, and last what happened behind them all; the oldest first. `whole`: the lines
 * begin where the conversation does; else nobody knows what lies between.
 */
export function happened(
  history: readonly HistoryEntry[],
  lines: readonly { at: string | number }[],
  whole: boolean,
): HistoryEntry[][] {
  const told = history.filter(isTold).reverse();
  const places: HistoryEntry[][] = [...lines, null].map(() => []);
  for (const entry of told) {
    const at = Date.parse(entry.at);
    const next = lines.findIndex((line) => new Date(line.at).getTime() >= at);
    const place = next < 0 ? lines.length : next;
    if (place > 0 || whole) places[place]?.push(entry);
  }
  return places;
}
