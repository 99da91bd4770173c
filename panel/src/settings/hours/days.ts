/** The days of the week, and moments beside them, in words. */

import type { Language } from "@shared/i18n";
import type { SettingsText } from "../i18n/text";

const DAY_MS = 86_400_000;

/** As `Date` counts them: Sunday is 0. */
type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** The name of a day of the week; 0 is Monday, as on the wire. */
export function dayName(t: SettingsText, index: number): string {
  return t(`hours.day${((index + 1) % 7) as Weekday}`);
}

/** `today at 18:00`, `on Monday at 09:00`, `9 May at 09:00`, by the clock of a zone. */
export function momentWords(
  t: SettingsText,
  language: Language,
  at: number,
  timeZone: string,
  now: number,
): string {
  const locale = language === "en" ? "en-GB" : language;
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", timeZone });
  const days = (dayIn(at, timeZone) - dayIn(now, timeZone)) / DAY_MS;
  const values = { time: time.format(at) };
  if (days === 0) return t("when.today", values);
  if (days === 1) return t("when.tomorrow", values);
  if (days < 7) {
    return t(`when.day${new Date(dayIn(at, timeZone)).getUTCDay() as Weekday}`, values);
  }
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone });
  return t("when.date", { ...values, date: date.format(at) });
}

/** The midnight, in UTC, of the date that a zone's calendar shows. */
function dayIn(at: number, timeZone: string): number {
  return Date.parse(new Intl.DateTimeFormat("sv-SE", { timeZone }).format(at));
}
