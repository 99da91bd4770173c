/** What the screen says to whoever comes by a link. */

import { type Language, type Russian, type Translate, translator } from "@shared/i18n";
import { useLanguage } from "../../i18n/language";

const en = {
  "join.welcome": "Welcome",
  "join.welcomeLead": "Choose a password, and you can begin.",
  "join.setup": "The first admin",
  "join.setupLead":
    "Nobody works here yet. Who you are: you will set up branches and invite your colleagues.",
  "join.name": "Your name",
  "join.nameHint": "Visitors see it beside your replies.",
  "join.email": "E-mail",
  "join.emailHint": "You sign in with it. No mail is sent there.",
  "join.emailWrong": "This is not an e-mail address. It looks like anna@example.com",
  "join.password": "Password",
  "join.passwordRule": "At least 10 characters: a few words are easy to remember",
  "join.passwordLacks": {
    one: "{count} more character",
    other: "{count} more characters",
  },
  "join.passwordFine": "Good. Longer is safer",
  "join.passwordStrong": "Strong",
  "join.submit": "Begin",
  "join.failed": "The invitation could not be looked up",
  "join.gone": "This link no longer works",
  "join.goneWhy":
    "It was used already, replaced by a newer one, or its time is over: an invitation is good for seven days.",
  "join.goneThen": "Ask your admin for a new link. If you have a password already, sign in.",
  "join.goneSetupWhy":
    "There is an admin already, a newer link has been made, or 72 hours have passed.",
  "join.goneSetupThen": "While there is no admin, make deploy prints a new link.",
  "join.signIn": "Sign in",
} as const;

const ru: Russian<typeof en> = {
  "join.welcome": "Добро пожаловать",
  "join.welcomeLead": "Придумайте пароль, и можно начинать.",
  "join.setup": "Первый администратор",
  "join.setupLead":
    "Здесь пока никто не работает. Представьтесь: вы настроите филиалы и пригласите коллег.",
  "join.name": "Ваше имя",
  "join.nameHint": "Его видят посетители рядом с вашими ответами.",
  "join.email": "Эл. почта",
  "join.emailHint": "С ней вы будете входить. Писем мы не шлём.",
  "join.emailWrong": "Это не адрес почты. Он выглядит так: anna@example.com",
  "join.password": "Пароль",
  "join.passwordRule": "Не короче 10 символов: несколько слов легко запомнить",
  "join.passwordLacks": {
    one: "Ещё {count} символ",
    few: "Ещё {count} символа",
    many: "Ещё {count} символов",
  },
  "join.passwordFine": "Хорошо. Чем длиннее, тем надёжнее",
  "join.passwordStrong": "Надёжный",
  "join.submit": "Начать",
  "join.failed": "Не удалось проверить приглашение",
  "join.gone": "Ссылка больше не работает",
  "join.goneWhy":
    "По ней уже вошли, её заменили новой или вышел срок: приглашение действует семь дней.",
  "join.goneThen":
    "Попросите у администратора новую ссылку. Если пароль у вас уже есть, войдите с ним.",
  "join.goneSetupWhy": "Администратор уже есть, ссылку заменили новой, или прошло 72 часа.",
  "join.goneSetupThen": "Пока администратора нет, make deploy печатает новую ссылку.",
  "join.signIn": "Войти",
};

export type JoinText = Translate<typeof en>;

const texts: Record<Language, JoinText> = {
  en: translator("en", en, ru),
  ru: translator("ru", en, ru),
};

export function useJoinText(): JoinText {
  return texts[useLanguage((state) => state.language)];
}
