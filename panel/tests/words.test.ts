import { ApiError, NetworkError } from "@shared/api";
import { describe, expect, it } from "vitest";
import { placeName } from "../src/details/place";
import { en } from "../src/i18n/en";
import { errorText } from "../src/i18n/errors";
import { setLanguage, text } from "../src/i18n/language";
import { ru } from "../src/i18n/ru";
import { waitedFor } from "../src/i18n/waited";
import { contactName, hueOf, initials } from "../src/parts/person";
import { regionName } from "../src/parts/region";

const holes = (entry: string | object) => {
  const texts = typeof entry === "string" ? [entry] : Object.values(entry);
  return texts.map((each) => (each.match(/\{\w+\}/g) ?? []).sort().join());
};

describe("the dictionaries", () => {
  it("have the same keys, and no text is empty", () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
    for (const entry of [...Object.values(en), ...Object.values(ru)]) {
      expect(JSON.stringify(entry)).not.toMatch(/""/);
    }
  });

  it("leave room for the same values in every form", () => {
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(new Set([...holes(en[key]), ...holes(ru[key])]).size, key).toBe(1);
    }
  });

  it("count in Russian", () => {
    setLanguage("ru");
    const said = [1, 3, 5, 21].map((count) => text()("nav.unread", { count }));
    expect(said).toEqual([
      "1\u00a0непрочитанное сообщение",
      "3\u00a0непрочитанных сообщения",
      "5\u00a0непрочитанных сообщений",
      "21\u00a0непрочитанное сообщение",
    ]);
    setLanguage("en");
  });

  it("tell failures in the person's words", () => {
    const refusal = new ApiError(401, { code: "bad_credentials", message: "no" });
    expect(errorText(text(), refusal)).toBe("Wrong e-mail or password");
    expect(errorText(text(), new NetworkError())).toBe("No connection to the server");
  });
});

describe("people and places", () => {
  it("name an anonymous visitor by the end of the id", () => {
    expect(contactName({ id: "01j-abc3f7a", name: null }, text())).toBe("Visitor 3F7A");
    expect(contactName({ id: "x", name: "Елена" }, text())).toBe("Елена");
  });

  it("make initials that tell visitors apart", () => {
    expect(initials("Анна Соколова")).toBe("АС");
    expect(initials("Visitor 3F7A")).toBe("3F");
    expect(initials("Тимур")).toBe("Т");
  });

  it("keep a person's colour", () => {
    expect(hueOf("op-anna")).toBe(hueOf("op-anna"));
  });

  it("name regions in the reader's language", () => {
    expect(regionName("RU-SVE", "ru")).toBe("Свердловская обл.");
    expect(regionName("RU-SPE", "en")).toBe("Saint Petersburg");
    expect(regionName("RU-AL", "en")).toBe("Altai Republic");
    expect(regionName("??", "en")).toBe("??");
  });

  it("name a place by its codes when the database has no name for it", () => {
    const place = { country: "RU", subdivision: "RU-SVE", city: null, names: {}, time_zone: null };
    expect(placeName(place, "ru")).toBe("Свердловская обл.");
    expect(placeName({ ...place, country: null, subdivision: null }, "ru")).toBeNull();
  });

  it("tell a wait in one unit, never as nothing", () => {
    expect(waitedFor(5_000, "ru")).toBe("1 мин");
    expect(waitedFor(7 * 3_600_000, "en")).toBe("7 hr");
  });
});
