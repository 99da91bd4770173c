/** Among the panel's tabs of one browser, one is heard and one pops up: the first that can, then the next. */

import { alone } from "@shared/locks";

type Duty = "sound" | "popups";

const applied = new Set<Duty>();
const held = new Set<Duty>();

export const leads = (duty: Duty): boolean => held.has(duty);

/** Applies for a duty, and keeps it as long as the page lives. */
export function lead(duty: Duty): void {
  if (applied.has(duty)) return;
  applied.add(duty);
  void alone(`messenger:panel:${duty}`, () => {
    held.add(duty);
    return new Promise(() => {});
  });
}
