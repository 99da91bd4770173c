/** The settings' texts in the person's language. */

import { type Language, type Translate, translator } from "@shared/i18n";
import { useLanguage } from "../../i18n/language";
import { en } from "./en";
import { ru } from "./ru";

export type SettingsText = Translate<typeof en>;

const texts: Record<Language, SettingsText> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export function useSettingsText(): SettingsText {
  return texts[useLanguage((state) => state.language)];
}
