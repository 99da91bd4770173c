/** The words of emoji and marks. */

import { type Language, type Russian, translator } from "./i18n";

const en = {
  search: "Find an emoji",
  none: "Nothing found",
  emoji: "Emoji",
  marks: "Formatting",
  bold: "Bold",
  slanted: "Italic",
  list: "List",
  link: "Link",
  code: "Code",
  failed: "This could not be loaded. Try again.",
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
  code: "Код",
  failed: "Не удалось загрузить. Попробуйте ещё раз.",
};

export const markingTexts = (language: Language) => translator(language, en, ru);
