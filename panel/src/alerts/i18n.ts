/** The texts of the dialog about sound and notifications: fetched with it. */

import { type Language, type Russian, type Translate, translator } from "@shared/i18n";
import { useLanguage } from "../i18n/language";

export const en = {
  title: "Sound and notifications",
  lead: "Yours alone, in this browser.",
  sound: "Sound",
  volume: "Volume",
  soundBlocked: "The browser keeps this tab silent. Allow sound for this site in its settings.",
  popups: "Browser notifications",
  popupsHint: "They appear while the panel is not in front.",
  allow: "Allow",
  askHint: "The browser has not been asked yet.",
  denied:
    "The browser blocks notifications. Allow them in the settings of this site, beside the address.",
  unsupported: "This browser shows no notifications here. They need a secure address (https).",
  kinds: "Tell me of",
  given: "A new conversation for me",
  message: "A message in my conversations",
  handed: "A conversation a colleague had before",
  alarm: "An alarm: nobody answers, or nobody is left",
  test: "Test",
  testTitle: "This is how it looks",
  testBody: "A press leads to the conversation.",
  tested: "Nothing to see? Look whether your system is set to “Do not disturb”.",
  close: "Close",
} as const;

const ru: Russian<typeof en> = {
  title: "Звук и уведомления",
  lead: "Только для вас, в этом браузере.",
  sound: "Звук",
  volume: "Громкость",
  soundBlocked: "Браузер не даёт вкладке звучать. Разрешите звук в настройках этого сайта.",
  popups: "Уведомления браузера",
  popupsHint: "Появляются, когда панель не на переднем плане.",
  allow: "Разрешить",
  askHint: "У браузера ещё не спрашивали разрешения.",
  denied:
    "Браузер запрещает уведомления. Разрешите их в настройках этого сайта, рядом с его адресом.",
  unsupported: "Здесь браузер уведомлений не показывает. Нужен защищённый адрес (https).",
  kinds: "О чём сообщать",
  given: "Новый диалог для меня",
  message: "Сообщение в моих диалогах",
  handed: "Диалог, который вёл коллега",
  alarm: "Тревога: не отвечают или некому передать",
  test: "Проверить",
  testTitle: "Так это выглядит",
  testBody: "Нажатие откроет диалог.",
  tested: "Ничего не появилось? Проверьте режим «Не беспокоить» в системе.",
  close: "Закрыть",
};

export type AlertsText = Translate<typeof en>;

const texts: Record<Language, AlertsText> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export const useAlertsText = (): AlertsText => texts[useLanguage((state) => state.language)];
