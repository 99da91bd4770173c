import type { Message } from "@shared/wire";
import { describe, expect, it } from "vitest";
import { fields, missing } from "../../src/leaving/request";
import { texts } from "../../src/leaving/texts";
import { written } from "../../src/leaving/transcript";
import type { Widget } from "../../src/widget";
import { message } from "../fakes";

const widget = (language: "ru" | "en") =>
  ({ language, inbox: { value: { name: "Мастерская" } } }) as unknown as Widget;

function said(seq: number, more: Partial<Message>): Message {
  return message(seq, { attachments: [], ...more });
}

const FILE = {
  id: "f",
  name: "счёт.pdf",
  size: 9,
  type: "application/pdf",
  width: null,
  height: null,
  thumbnail: false,
};

const at = (day: number, hour: number) => new Date(2031, 4, day, hour, 5).toISOString();

describe("the conversation as a file", () => {
  const messages = [
    said(1, { direction: "in", body: "Здравствуйте", created_at: at(9, 14) }),
    said(2, { body: "Добрый день\nСлушаю", created_at: at(9, 15) }),
    said(3, {
      body: "",
      created_at: at(10, 9),
      attachments: [FILE],
    }),
  ];

  it("has days, hours, names, lines that go on, and files by their names", () => {
    expect(written(texts("ru"), widget("ru"), messages)).toBe(
      [
        "Переписка: Мастерская",
        "",
        "9 мая 2031 г.",
        "14:05  Вы: Здравствуйте",
        "15:05  Anna: Добрый день",
        "       Слушаю",
        "",
        "10 мая 2031 г.",
        "09:05  Anna: [файл: счёт.pdf]",
        "",
      ].join("\n"),
    );
  });

  it("speaks the visitor's language", () => {
    const text = written(texts("en"), widget("en"), messages.slice(0, 1));

    expect(text).toContain("Conversation: Мастерская");
    expect(text).toContain("You: Здравствуйте");
  });
});

describe("a request", () => {
  it("needs a name, one way to answer, and words", () => {
    const t = texts("ru");
    const wrong = () => Object.keys(missing(t, "")).sort();

    expect(wrong()).toEqual(["body", "contact", "name"]);

    fields.value = { name: "Вера", email: "", phone: "+7" };
    expect(wrong()).toEqual(["body"]);
    expect(missing(t, "Перезвоните")).toEqual({});
  });
});
