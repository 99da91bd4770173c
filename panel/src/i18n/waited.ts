/** How long somebody has been waiting, in one unit. */

import type { Language } from "@shared/i18n";

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `6 мин`, `2 h`; less than a minute counts as one. */
export function waitedFor(ms: number, language: Language): string {
  const [unit, size] = UNITS.find(([, size]) => ms >= size) ?? UNITS[2];
  const format = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" });
  return format.format(Math.max(1, Math.floor(ms / size)));
}
