/** Events, states and attempts in the person's words. */

import type { Language } from "@shared/i18n";
import type { Attempt } from "@shared/wire";
import type { SettingsText } from "../i18n/text";
import type { EventType } from "./api";

/** In the order in which they happen. */
export const EVENTS: readonly EventType[] = [
  "conversation.created",
  "message.in",
  "message.out",
  "conversation.closed",
];

export function eventNames(t: SettingsText, events: readonly EventType[]): string[] {
  return EVENTS.filter((each) => events.includes(each)).map((each) => t(`event.${each}`));
}

/** What came of an attempt: "Accepted with 204", "No answer within 15 seconds". */
export function outcome(t: SettingsText, { error, status }: Attempt): string {
  const code = status ?? "?";
  if (error === "status" || error === "redirect") return t(`attempt.${error}`, { status: code });
  if (error) return t(`attempt.${error}`);
  return status ? t("attempt.acceptedWith", { status }) : t("attempt.accepted");
}

/** `45 ms`, `1.2 sec`. */
export function tookTime(ms: number, language: Language): string {
  const [unit, value] =
    ms < 1_000 ? (["millisecond", ms] as const) : (["second", ms / 1_000] as const);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: 1,
  }).format(value);
}
