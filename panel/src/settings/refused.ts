/** Where in a form the server's refusal belongs, and in which words. */

import { ApiError } from "@shared/api";
import { errorText } from "../i18n/errors";
import { text } from "../i18n/language";
import { settingsText } from "./i18n/text";
import type { Faults } from "./useEditing";

/** `hours.week[0]` belongs to the form's `hours`. What no field of the form is called stands below it. */
export function refused<Values extends object>(
  error: unknown,
  values: Values,
  words: Partial<Record<keyof Values, string>> = {},
): Faults<Values> {
  const field = error instanceof ApiError && error.field?.split(/[.[]/)[0];
  const told = refusalWords(error);
  if (!field || !(field in values)) return { form: told } as Faults<Values>;
  const known = field as keyof Values;
  return { [known]: words[known] ?? settingsText()("form.refused") } as Faults<Values>;
}

/** For what has no fields. */
export function refusalWords(error: unknown): string {
  if (error instanceof ApiError && error.code === "in_use") {
    return settingsText()("form.inUseSomewhere");
  }
  return errorText(text(), error);
}
