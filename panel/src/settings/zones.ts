/** Time zones by names that people look for: `Екатеринбург, UTC+5`. */

import type { Language } from "@shared/i18n";
import { RUSSIAN_CITIES } from "./zoneNames";

export interface Zone {
  value: string;
  label: string;
}

const known = new Map<Language, Zone[]>();

/** All that this browser knows, from west to east; a fifth of a second at first, then at once. */
export function zones(language: Language): Zone[] {
  const found = known.get(language) ?? listed(language);
  known.set(language, found);
  return found;
}

export function zoneLabel(zone: string, language: Language): string {
  return zone === "UTC" ? zone : `${zoneCity(zone, language)}, ${offset(zone)}`;
}

/** Where the person is. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `21:04` by the clock of a zone. */
export function clockIn(zone: string, language: Language, now: number): string {
  try {
    const format = { hour: "2-digit", minute: "2-digit", timeZone: zone } as const;
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, format).format(now);
  } catch {
    return ""; // the server knows a zone that this browser does not
  }
}

function listed(language: Language): Zone[] {
  const names = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
  return names
    .map((value) => ({ value, label: zoneLabel(value, language), minutes: minutesEast(value) }))
    .sort((one, other) => one.minutes - other.minutes || one.label.localeCompare(other.label))
    .map(({ value, label }) => ({ value, label }));
}

/** Zones are named in English; browsers know few of them in Russian. */
export function zoneCity(zone: string, language: Language): string {
  const own = zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
  if (language === "en" || !zone.includes("/")) return own;
  const name = RUSSIAN_CITIES[zone] ?? part(zone, language, "shortGeneric");
  return /[а-я]/i.test(name) ? name : own;
}

const offset = (zone: string) => part(zone, "en", "shortOffset").replace("GMT", "UTC");

function minutesEast(zone: string): number {
  const [, sign, hours, minutes = "0"] =
    /([+-])(\d+):?(\d+)?/.exec(part(zone, "en", "longOffset")) ?? [];
  return hours ? (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1) : 0;
}

function part(
  timeZone: string,
  language: Language,
  timeZoneName: "shortGeneric" | "shortOffset" | "longOffset",
): string {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName });
    const found = format.formatToParts(Date.now()).find(({ type }) => type === "timeZoneName");
    return found?.value ?? "";
  } catch {
    return "";
  }
}
