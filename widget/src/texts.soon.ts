/** The words of what comes soon. */

import { type Language, type Russian, translator } from "@shared/i18n";

const en = {
  left: "Characters left: {count}",
  tooLong: "Characters too many: {count}",
  failed: "Not sent",
  retry: "Retry",
  edit: "Edit",
  noticeOffline: "No internet connection. Your messages are kept and go out when it is back.",
  noticeServer: "The server does not answer. Your messages are kept and go out by themselves.",
  noticeWait: "Too many messages at once. Just wait: it goes out by itself in {count} s.",
  noticeWaitLong: "Too many visitors from your network. Just wait: it goes out in {count} min.",
  noticeUnavailable: "Messages cannot be received on this page right now.",
  noticeHanded: "Handing you over to a colleague…",
  refusedForbidden: "You cannot write here.",
  partFailed: "This could not be loaded.",
  emoji: "Emoji and formatting",
  older: "Earlier messages",
  newBelow: { one: "{count} new message", other: "{count} new messages" },
  toBottom: "To the newest message",
  newFrom: "New messages",
  writing: "{name} is writing",
  more: "More",
  sound: "Sound of new messages",
  soundOn: "Sound is on",
  soundOff: "Sound is off",
} as const;

const ru: Russian<typeof en> = {
  left: "Осталось символов: {count}",
  tooLong: "Лишних символов: {count}",
  failed: "Не отправлено",
  retry: "Повторить",
  edit: "Изменить",
  noticeOffline: "Нет интернета. Сообщения сохранены и уйдут, когда он появится.",
  noticeServer: "Сервер не отвечает. Сообщения сохранены и уйдут сами.",
  noticeWait: "Слишком много сообщений сразу. Подождите: отправим сами через {count} с.",
  noticeWaitLong:
    "Слишком много запросов из вашей сети. Подождите: отправим сами через {count} мин.",
  noticeUnavailable: "На этой странице сейчас нельзя отправить сообщение.",
  noticeHanded: "Передаём вас коллеге…",
  refusedForbidden: "Писать сюда нельзя.",
  partFailed: "Не удалось загрузить.",
  emoji: "Эмодзи и оформление",
  older: "Предыдущие сообщения",
  newBelow: {
    one: "{count} новое сообщение",
    few: "{count} новых сообщения",
    many: "{count} новых сообщений",
  },
  toBottom: "К последнему сообщению",
  newFrom: "Новые сообщения",
  writing: "{name} печатает",
  more: "Ещё",
  sound: "Звук новых сообщений",
  soundOn: "Звук включён",
  soundOff: "Звук выключен",
};

export const texts = (language: Language) => translator(language, en, ru);
