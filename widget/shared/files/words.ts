/** What both front ends say about files. */

import { type Language, type Russian, type Translate, translator } from "../i18n";
import { timeOfDay } from "../time";
import type { AttachmentRules } from "../wire";
import { MOST_FILES } from "./limits";
import type { Fault, Item } from "./uploader";

const en = {
  attach: "Attach files",
  tray: "Files to send",
  drop: "Drop files here",
  remove: "Remove {name}",
  retry: "Upload {name} again",
  uploading: "{name} is being uploaded",
  ready: "{name} is ready to be sent",
  photo: "Photo",
  openPhoto: "Open picture {name}",
  download: "Download {name}, {size}",
  gallery: "Pictures",
  close: "Close",
  previous: "Previous picture",
  next: "Next picture",
  original: "Open the original",
  position: "{index} of {total}",
  lost: "The picture could not be loaded.",
  lostFile: "The file could not be loaded. Try again.",
  many: "A message takes {most} files",
  type: "Files of this type cannot be sent",
  size: "Larger than {limit}",
  empty: "The file is empty",
  content: "The file is damaged or not what its name says",
  refused: "The file cannot be sent here",
  network: "Not uploaded",
  pause: "Too many files in a row. Goes on by itself at {time}",
} as const;

const ru: Russian<typeof en> = {
  attach: "Прикрепить файлы",
  tray: "Файлы к отправке",
  drop: "Отпустите файлы здесь",
  remove: "Убрать {name}",
  retry: "Загрузить {name} ещё раз",
  uploading: "{name} загружается",
  ready: "{name} можно отправлять",
  photo: "Фото",
  openPhoto: "Открыть картинку {name}",
  download: "Скачать {name}, {size}",
  gallery: "Картинки",
  close: "Закрыть",
  previous: "Предыдущая картинка",
  next: "Следующая картинка",
  original: "Открыть оригинал",
  position: "{index} из {total}",
  lost: "Картинка не загрузилась.",
  lostFile: "Файл не загрузился. Попробуйте ещё раз.",
  many: "В сообщении не больше {most} файлов",
  type: "Файлы такого типа отправить нельзя",
  size: "Больше {limit}",
  empty: "Файл пуст",
  content: "Файл повреждён или не тот, чем назван",
  refused: "Сюда этот файл отправить нельзя",
  network: "Не загружен",
  pause: "Слишком много файлов подряд. Загрузится сам в {time}",
};

export type FileTexts = Translate<typeof en>;

const made: Partial<Record<Language, FileTexts>> = {};

export function fileTexts(language: Language): FileTexts {
  made[language] ??= translator(language, en, ru);
  return made[language];
}

export function faultText(
  language: Language,
  { fault, until = 0 }: Pick<Item, "until"> & { fault: Fault },
  rules: AttachmentRules | null,
): string {
  const t = fileTexts(language);
  if (fault === "pause") return t("pause", { time: timeOfDay(until, language) });
  if (fault === "many") return t("many", { most: MOST_FILES });
  if (fault === "size") return t("size", { limit: sizeText(rules?.max_bytes ?? 0, language) });
  return t(fault);
}

/** What stands for a message without words in a line of a list. */
export function bareText(language: Language, file: "image" | "file", name: string): string {
  return file === "image" ? fileTexts(language)("photo") : name;
}

/** 1.2 MB, as people write it. */
export function sizeText(bytes: number, language: Language): string {
  const [value, unit] =
    bytes < 1_000 ? [bytes, 0] : bytes < 999_500 ? [bytes / 1e3, 1] : [bytes / 1e6, 2];
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: unit === 2 ? 1 : 0 });
  const units = language === "ru" ? ["Б", "КБ", "МБ"] : ["B", "kB", "MB"];
  return `${figure.format(value)} ${units[unit]}`;
}
