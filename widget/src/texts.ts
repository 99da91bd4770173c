/** Every word the visitor reads. */

import { type Language, type Russian, type Translate, translator } from "@shared/i18n";

const en = {
  open: "Open messages",
  openUnread: {
    one: "Open messages, {count} unread",
    other: "Open messages, {count} unread",
  },
  close: "Close",
  dialog: "Messages",
  thread: "Conversation",
  hello: "Hello!",
  helloBody: "How can we help? Write to us — we answer right here.",
  placeholder: "Your message",
  send: "Send",
  left: "Characters left: {count}",
  tooLong: "Characters too many: {count}",
  ready: "We answer right here",
  connecting: "Connecting…",
  live: "Connected",
  offline: "No connection",
  older: "Earlier messages",
  newBelow: { one: "{count} new message", other: "{count} new messages" },
  toBottom: "To the newest message",
  pending: "Sending",
  sent: "Sent",
  failed: "Not sent",
  retry: "Retry",
  edit: "Edit",
  you: "You",
  noticeOffline: "No internet connection. Your messages are kept and go out when it is back.",
  noticeServer: "The server does not answer. Your messages are kept and go out by themselves.",
  noticeWait: "Too many messages at once. Just wait: it goes out by itself in {count} s.",
  noticeUnavailable: "Messages cannot be received on this page right now.",
  noticeHanded: "Handing you over to a colleague…",
  refusedForbidden: "You cannot write here.",
} as const;

const ru: Russian<typeof en> = {
  open: "Открыть диалог",
  openUnread: {
    one: "Открыть диалог, {count} непрочитанное",
    few: "Открыть диалог, {count} непрочитанных",
    many: "Открыть диалог, {count} непрочитанных",
  },
  close: "Закрыть",
  dialog: "Сообщения",
  thread: "Диалог",
  hello: "Здравствуйте!",
  helloBody: "Чем можем помочь? Напишите — ответим прямо здесь.",
  placeholder: "Ваше сообщение",
  send: "Отправить",
  left: "Осталось символов: {count}",
  tooLong: "Лишних символов: {count}",
  ready: "Ответим прямо здесь",
  connecting: "Соединяемся…",
  live: "На связи",
  offline: "Нет связи",
  older: "Предыдущие сообщения",
  newBelow: {
    one: "{count} новое сообщение",
    few: "{count} новых сообщения",
    many: "{count} новых сообщений",
  },
  toBottom: "К последнему сообщению",
  pending: "Отправляется",
  sent: "Отправлено",
  failed: "Не отправлено",
  retry: "Повторить",
  edit: "Изменить",
  you: "Вы",
  noticeOffline: "Нет интернета. Сообщения сохранены и уйдут, когда он появится.",
  noticeServer: "Сервер не отвечает. Сообщения сохранены и уйдут сами.",
  noticeWait: "Слишком много сообщений сразу. Подождите: отправим сами через {count} с.",
  noticeUnavailable: "На этой странице сейчас нельзя отправить сообщение.",
  noticeHanded: "Передаём вас коллеге…",
  refusedForbidden: "Писать сюда нельзя.",
};

export type Texts = Translate<typeof en>;

export function texts(language: Language): Texts {
  return translator(language, en, ru);
}
