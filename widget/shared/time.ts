/** Moments in words and figures, in the reader's language and time zone. */

import type { Language } from "./i18n";
import { dayOf } from "./thread";

export type Moment = string | number;

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** 14:05 (2:05 PM where the language says so). */
export function timeOfDay(at: Moment, language: Language): string {
  return format(language, { hour: "2-digit", minute: "2-digit" }, at);
}

/** Today, Yesterday, 9 May, 9 May 2029. */
export function dayLabel(at: Moment, language: Language, now: number): string {
  for (const ago of [0, 1]) {
    if (dayOf(at) === dayOf(now - ago * DAY_MS)) return relativeDay(-ago, language);
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(
    language,
    { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) },
    at,
  );
}

/** For lists: the time if it is today, else the day. */
export function shortMoment(at: Moment, language: Language, now: number): string {
  if (dayOf(at) === dayOf(now)) return timeOfDay(at, language);
  return format(language, { day: "numeric", month: "short" }, at);
}

/** 9 May 2029, 14:05. */
export function fullMoment(at: Moment, language: Language): string {
  return format(language, { dateStyle: "long", timeStyle: "short" }, at);
}

/** 9 May, 14:05:09. */
export function exactMoment(at: Moment, language: Language): string {
  return format(
    language,
    { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" },
    at,
  );
}

function relativeDay(days: number, language: Language): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(days, "day");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function format(language: Language, options: Intl.DateTimeFormatOptions, at: Moment): string {
  const key = language + JSON.stringify(options);
  let formatter = formats.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(localeOf(language), options);
    formats.set(key, formatter);
  }
  return formatter.format(new Date(at));
}

/** The browser's own variant of the language (12 or 24 hours), where it is that language. */
function localeOf(language: Language): string {
  const own = navigator.language ?? "";
  if (own.startsWith(language)) return own;
  return language === "en" ? "en-GB" : language;
}
