import { pickLanguage, translator } from "@shared/i18n";
import { uuid } from "@shared/ids";
import { dayLabel, timeOfDay } from "@shared/time";
import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

const EN = {
  hello: "Hello, {name}",
  unread: { one: "{count} message", other: "{count} messages" },
} as const;
const RU = {
  hello: "Здравствуйте, {name}",
  unread: { one: "{count} сообщение", few: "{count} сообщения", many: "{count} сообщений" },
};

test("texts are filled and plural forms chosen by count", () => {
  const en = translator("en", EN, RU);
  const ru = translator("ru", EN, RU);

  expect(en("hello", { name: "Ann" })).toBe("Hello, Ann");
  expect([1, 2].map((count) => en("unread", { count }))).toEqual(["1 message", "2 messages"]);
  expect([1, 3, 5, 11, 21].map((count) => ru("unread", { count }))).toEqual([
    "1 сообщение",
    "3 сообщения",
    "5 сообщений",
    "11 сообщений",
    "21 сообщение",
  ]);
});

test("the compiler finds a missing key, a missing form and a missing value", () => {
  // @ts-expect-error the Russian side lacks `unread`
  translator("ru", EN, { hello: "Здравствуйте" });
  // @ts-expect-error Russian needs `few` and `many`
  translator("ru", EN, { ...RU, unread: { one: "", other: "" } });
  const t = translator("en", EN, RU);
  // @ts-expect-error `name` is needed
  t("hello");
  // @ts-expect-error there is no such text
  expect(t("nothing")).toBe("nothing");
});

test.each([
  [["ru"], "ru"],
  [["RU_ru"], "ru"],
  [["en-GB"], "en"],
  [[null, "", "de", "ru-RU"], "ru"],
  [["fr"], "en"],
])("the language of %j is %s", (candidates, language) => {
  expect(pickLanguage(...candidates)).toBe(language);
});

test("days are named from the reader's today", () => {
  const now = new Date("2031-05-09T00:30:00").getTime();
  const names = ["2031-05-09T00:01:00", "2031-05-08T23:59:00", "2031-05-07T12:00:00"];

  expect(names.map((at) => dayLabel(at, "ru", now))).toEqual(["Сегодня", "Вчера", "7 мая"]);
  expect(dayLabel("2029-05-09T12:00:00", "en", now)).toContain("2029");
  expect(timeOfDay("2031-05-09T14:05:00", "ru")).toBe("14:05");
});

test("ids are UUIDs, also where crypto.randomUUID is absent", () => {
  const { getRandomValues } = globalThis.crypto;
  vi.stubGlobal("crypto", { getRandomValues: getRandomValues.bind(globalThis.crypto) });

  const ids = Array.from({ length: 50 }, uuid);

  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
  expect(new Set(ids).size).toBe(50);
});
