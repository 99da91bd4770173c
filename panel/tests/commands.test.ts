/** The palette: what it offers, and how it is found. */

import { translator } from "@shared/i18n";
import { afterEach, describe, expect, it } from "vitest";
import { type Around, found, groups } from "../src/commands/commands";
import * as paletteTexts from "../src/commands/i18n";
import { asked } from "../src/commands/useCommandKeys";
import { en } from "../src/i18n/en";
import { ru } from "../src/i18n/ru";
import { anna, at, conversation } from "./samples";

const around = (facts: Partial<Around> = {}): Around => ({
  id: null,
  palette: translator("ru", paletteTexts.en, paletteTexts.ru),
  text: translator("ru", en, ru),
  operator: anna,
  conversations: [],
  destinations: [],
  language: "ru",
  dark: false,
  navigate: () => {},
  choosePresence: () => {},
  chooseScheme: () => {},
  ...facts,
});

const ids = (facts: Partial<Around>, title: string) =>
  groups(around(facts))
    .find((each) => each.title === title)
    ?.commands.map(({ id }) => id);

describe("what it offers", () => {
  it("to the assignee: to hand on, to close and to rank their conversation", () => {
    const facts = { id: "a", conversations: [conversation("a", { priority: "high" })] };

    expect(ids(facts, "Этот диалог")).toEqual([
      "transfer",
      "close",
      "unread",
      "priority-urgent",
      "priority-normal",
      "priority-low",
    ]);
  });

  it("of a colleague's conversation nothing to a plain operator, everything to a supervisor", () => {
    const foreign = conversation("a", { assignee: { id: "oleg", name: "Олег" } });
    const facts = { id: "a", conversations: [foreign] };
    const elena = { ...anna, id: "elena", role: "supervisor" as const };

    expect(ids(facts, "Этот диалог")).toBeUndefined();
    expect(ids({ ...facts, operator: elena }, "Этот диалог")).toContain("take-over");
  });

  it("conversations, the newest activity first", () => {
    const conversations = [conversation("old"), conversation("new", { activity_at: at(5) })];

    expect(ids({ conversations }, "Диалоги")).toEqual(["new", "old"]);
  });

  it("the presences that one does not have", () => {
    expect(ids({}, "Ваш статус")).toEqual(["presence-away", "presence-busy"]);
  });
});

describe("finding", () => {
  const ivan = conversation("ivan", {
    contact: { id: "c", name: "Иван Петров" },
    last_message: { direction: "in", body: "Где мой заказ?" },
  });
  const all = groups(around({ conversations: [ivan, conversation("other")] })).map(
    ({ commands }) => ({ actions: commands }),
  );
  const find = (query: string) => found(query, all).flatMap(({ actions }) => actions);

  it.each(["иван", "ИВАН петр", "заказ мой", "сверд"])("%s", (query) => {
    expect(find(query).map(({ id }) => id)).toContain("ivan");
  });

  it("wants every word, at the beginning of one", () => {
    expect(find("иван сидоров")).toEqual([]);
    expect(find("ван")).toEqual([]);
  });

  it("shows a few of a thousand", () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ label: `Посетитель ${i}` }));

    expect(found("", [{ actions: many }])[0]?.actions).toHaveLength(8);
  });
});

describe("keys", () => {
  afterEach(() => document.body.replaceChildren());

  const key = (init: KeyboardEventInit, target: Element = document.body) => {
    const event = new KeyboardEvent("keydown", init);
    Object.defineProperty(event, "target", { value: target });
    return asked(event);
  };

  it("Ctrl+K and ⌘K in any layout", () => {
    expect(key({ code: "KeyK", key: "л", ctrlKey: true })).toBe("palette");
    expect(key({ code: "KeyK", key: "k", metaKey: true })).toBe("palette");
    expect(key({ code: "KeyK", key: "k", altKey: true })).toBeNull();
  });

  it("? and /, but not while somebody writes", () => {
    const box = document.body.appendChild(document.createElement("textarea"));

    expect(key({ code: "Digit7", key: "?", shiftKey: true })).toBe("shortcuts");
    expect(key({ code: "Slash", key: ",", shiftKey: true })).toBe("shortcuts");
    expect(key({ code: "Slash", key: "." })).toBe("palette");
    expect(key({ code: "Slash", key: "/" }, box)).toBeNull();
    expect(key({ code: "KeyK", key: "k", ctrlKey: true }, box)).toBe("palette");
  });
});
