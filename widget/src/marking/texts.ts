/** The words of emoji and marks. */

import { type Language, type Russian, translator } from "@shared/i18n";

const en = {
  search: "Find an emoji",
  none: "Nothing found",
  emoji: "Emoji",
  marks: "Formatting",
  bold: "Bold",
  slanted: "Italic",
  list: "List",
  link: "Link",
} as const;

const ru: Russian<typeof en> = {
  search: "Найти эмодзи",
  none: "Ничего не нашлось",
  emoji: "Эмодзи",
  marks: "Оформление",
  bold: "Жирный",
  slanted: "Курсив",
  list: "Список",
  link: "Ссылка",
};

export const texts = (language: Language) => translator(language, en, ru);
