/** What is told of a name without the server. */

import type { SettingsText } from "./i18n/text";

const MOST = 100;

export function nameFault(
  t: SettingsText,
  name: string,
  missing: "form.nameMissing" | "operator.nameMissing" = "form.nameMissing",
): string | null {
  if (!name.trim()) return t(missing);
  return name.trim().length > MOST ? t("form.nameLong") : null;
}

/** Only what is there: a form is right when nothing is. */
export function faults<Field extends string>(
  found: Record<Field, string | null>,
): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== null)) as Partial<
    Record<Field, string>
  >;
}
