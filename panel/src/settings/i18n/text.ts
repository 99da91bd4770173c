/** The settings' texts in the person's language. */

import { type Language, type Translate, translator } from "@shared/i18n";
import { useLanguage } from "../../i18n/language";
import * as branches from "./branches";
import * as common from "./common";
import * as hours from "./hours";
import * as inboxes from "./inboxes";
import * as operators from "./operators";
import * as rules from "./rules";
import * as webhooks from "./webhooks";

export const en = {
  ...common.en,
  ...branches.en,
  ...hours.en,
  ...rules.en,
  ...operators.en,
  ...inboxes.en,
  ...webhooks.en,
};

export const ru = {
  ...common.ru,
  ...branches.ru,
  ...hours.ru,
  ...rules.ru,
  ...operators.ru,
  ...inboxes.ru,
  ...webhooks.ru,
};

export type SettingsText = Translate<typeof en>;

/** A text without values. */
export type SettingsKey = keyof typeof en;

const texts: Record<Language, SettingsText> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export function useSettingsText(): SettingsText {
  return texts[useLanguage((state) => state.language)];
}

/** For what is not a component. */
export function settingsText(): SettingsText {
  return texts[useLanguage.getState().language];
}
