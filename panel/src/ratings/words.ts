/** A rating in words. */

import type { Score } from "@shared/wire";
import type { Text } from "../i18n/language";

/** "4 of 5". */
export function scoreWords(t: Text, { scale, score }: Score): string {
  return t(`rating.${scale}`, { score });
}

/** Whether somebody should ask what went wrong: one or two stars, detractors of the NPS. */
export function isLow({ scale, score }: Score): boolean {
  return scale === "stars" ? score <= 2 : score <= 6;
}
