/** The person's language: chosen once, kept in this browser, known to the whole page. */

import { type Language, pickLanguage, type Translate, translator } from "@shared/i18n";
import { readItem, writeItem } from "@shared/storage";
import { create } from "zustand";
import { en } from "./en";
import { ru } from "./ru";

const KEY = "messenger:panel:language";

export type Text = Translate<typeof en>;

const texts: Record<Language, Text> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export const useLanguage = create<{ language: Language }>(() => ({
  language: pickLanguage(readItem(KEY), ...navigator.languages),
}));

export function setLanguage(language: Language): void {
  writeItem(KEY, language);
  useLanguage.setState({ language });
}

/** The texts in the current language; the component renders again when it changes. */
export function useText(): Text {
  return texts[useLanguage((state) => state.language)];
}

/** For what is not a component. */
export function text(): Text {
  return texts[useLanguage.getState().language];
}
