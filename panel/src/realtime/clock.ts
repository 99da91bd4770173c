/**
 * The server's clock, by which its deadlines are counted down. An answer's `Date` names a whole second that lay
 * somewhere between asking and hearing; every answer narrows what the difference to our clock can be.
 */

import { useNow } from "../i18n/now";

const SECOND_MS = 1000;

/** The server's clock minus ours lies between these, in milliseconds. */
export interface Difference {
  least: number;
  most: number;
}

const anything: Difference = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

let known = anything;

/** What one more answer tells; one that contradicts the others means that a clock was set: it alone counts. */
export function narrowed(
  before: Difference,
  date: number,
  askedAt: number,
  heardAt: number,
): Difference {
  const told = { least: date - heardAt, most: date + SECOND_MS - askedAt };
  const least = Math.max(before.least, told.least);
  const most = Math.min(before.most, told.most);
  return least <= most ? { least, most } : told;
}

export function noticeTime(response: Response, askedAt: number): void {
  const date = Date.parse(response.headers.get("Date") ?? "");
  if (!Number.isNaN(date)) known = narrowed(known, date, askedAt, Date.now());
}

/** The server's moment at one of ours; both the same until it has answered. */
export function serverTime(ours: number): number {
  return Number.isFinite(known.least) ? ours + (known.least + known.most) / 2 : ours;
}

/** The server's moment, renewed every `everyMs`. */
export const useServerNow = (everyMs: number): number => serverTime(useNow(everyMs));
