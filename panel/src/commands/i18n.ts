/** The texts of palette and shortcuts: fetched with them. */

import { type Language, type Russian, type Translate, translator } from "@shared/i18n";
import { useLanguage } from "../i18n/language";

export const en = {
  search: "A person, a place, something to do",
  nothing: "Nothing is called like that",
  conversations: "Conversations",
  here: "This conversation",
  status: "Your status",
  go: "Go to",
  appearance: "Appearance",
  priority: "Priority: {name}",
  shortcuts: "Keyboard shortcuts",
  openPalette: "Find and do",
  next: "Next conversation",
  previous: "Previous conversation",
  ringing: "Open what rings",
  send: "Send",
  newline: "New line",
  help: "This list",
  close: "Close",
  transfer: "Hand the conversation over",
  resolve: "Close the conversation",
} as const;

export const ru: Russian<typeof en> = {
  search: "Человек, место или действие",
  nothing: "Ничего с таким названием",
  conversations: "Диалоги",
  here: "Этот диалог",
  status: "Ваш статус",
  go: "Перейти",
  appearance: "Вид",
  priority: "Приоритет: {name}",
  shortcuts: "Горячие клавиши",
  openPalette: "Найти и сделать",
  next: "Следующий диалог",
  previous: "Предыдущий диалог",
  ringing: "Открыть тот, что звонит",
  send: "Отправить",
  newline: "Новая строка",
  help: "Этот список",
  close: "Закрыть",
  transfer: "Передать диалог",
  resolve: "Закрыть диалог",
};

export type CommandText = Translate<typeof en>;

const texts: Record<Language, CommandText> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export const useCommandText = (): CommandText => texts[useLanguage((state) => state.language)];
