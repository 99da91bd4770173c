/** Where in a form the server's refusal belongs, and in which words. */

import { ApiError } from "@shared/api";
import { errorText } from "../../i18n/errors";
import type { Text } from "../../i18n/language";
import type { SettingsText } from "../i18n/text";

export interface Refusal {
  field: "url" | "events" | "form";
  words: string;
}

export function refusal(t: SettingsText, general: Text, error: unknown): Refusal {
  const field = error instanceof ApiError ? error.field : undefined;
  if (field === "url") return { field, words: t("form.urlRefused") };
  if (field === "events") return { field, words: errorText(general, error) };
  return { field: "form", words: errorText(general, error) };
}
