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
  ready: "We answer right here",
  connecting: "Connecting…",
  live: "Connected",
  away: "Away right now",
  offline: "No connection",
  pending: "Sending",
  sent: "Sent",
  read: "Read",
  you: "You",
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
  ready: "Ответим прямо здесь",
  connecting: "Соединяемся…",
  live: "На связи",
  away: "Сейчас нас нет",
  offline: "Нет связи",
  pending: "Отправляется",
  sent: "Отправлено",
  read: "Прочитано",
  you: "Вы",
};

export type Texts = Translate<typeof en>;

export function texts(language: Language): Texts {
  return translator(language, en, ru);
}
