/** The words of a challenge. */

import { type Language, type Russian, translator } from "@shared/i18n";

const en = {
  lead: "Please show that you are a person. Your message then goes out by itself.",
  sum: "How much is {question}?",
  answer: "Answer",
  send: "Confirm",
  wrong: "That is not right. Here is another one.",
  checking: "Checking your browser. Your message goes out by itself.",
} as const;

const ru: Russian<typeof en> = {
  lead: "Подтвердите, что вы человек. После этого сообщение уйдёт само.",
  sum: "Сколько будет {question}?",
  answer: "Ответ",
  send: "Подтвердить",
  wrong: "Неверно. Вот другой пример.",
  checking: "Проверяем браузер. Сообщение уйдёт само.",
};

export const texts = (language: Language) => translator(language, en, ru);
