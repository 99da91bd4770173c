/** How much time is left, in figures. */

const SECOND_MS = 1000;
/** From here on it is urgent. */
export const LAST_MS = 60_000;

/** `3:59`, `0:07`; a begun second counts. */
export function clockOf(leftMs: number): string {
  const seconds = Math.max(0, Math.ceil(leftMs / SECOND_MS));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What is left of a span that runs from one moment to another: 1 at its beginning, 0 from its end on. */
export function shareLeft(from: number, until: number, now: number): number {
  const share = (until - now) / Math.max(1, until - from);
  return Math.min(1, Math.max(0, share));
}
