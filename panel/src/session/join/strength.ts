/** What is said of a password while it is typed; the server has the last word. */

import type { JoinText } from "./texts";

export const LEAST_PASSWORD = 10;
const STRONG_PASSWORD = 16;

export type Strength = "none" | "short" | "fine" | "strong";

export function strengthOf(password: string): Strength {
  const { length } = [...password];
  if (length === 0) return "none";
  if (length < LEAST_PASSWORD) return "short";
  return length < STRONG_PASSWORD ? "fine" : "strong";
}

export function strengthText(t: JoinText, password: string): string {
  switch (strengthOf(password)) {
    case "none":
      return t("join.passwordRule");
    case "short":
      return t("join.passwordLacks", { count: LEAST_PASSWORD - [...password].length });
    case "fine":
      return t("join.passwordFine");
    case "strong":
      return t("join.passwordStrong");
  }
}
