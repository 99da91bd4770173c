import { ApiError, NetworkError } from "@shared/api";
import { translator } from "@shared/i18n";
import type { Attempt } from "@shared/wire";
import { describe, expect, it } from "vitest";
import { text } from "../src/i18n/language";
import { en, ru } from "../src/settings/i18n/text";
import { addressFault, asciiAddress } from "../src/settings/webhooks/address";
import { refusal } from "../src/settings/webhooks/refusal";
import { EVENTS, eventNames, outcome, tookTime } from "../src/settings/webhooks/words";

const t = translator("en", en, ru);

const holes = (entry: string | object) => {
  const forms = typeof entry === "string" ? [entry] : Object.values(entry);
  return forms.map((each) => (each.match(/\{\w+\}/g) ?? []).sort().join());
};

const attempt = (facts: Partial<Attempt>): Attempt => ({
  number: 1,
  at: "2031-05-09T12:00:00Z",
  status: null,
  duration_ms: 10,
  error: null,
  ...facts,
});

describe("the settings' dictionaries", () => {
  it("have the same keys with room for the same values, and no text is empty", () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(JSON.stringify([en[key], ru[key]]), key).not.toMatch(/""/);
      expect(new Set([...holes(ru[key]), ...holes(en[key])]).size, key).toBe(1);
    }
  });
});

describe("an address", () => {
  it.each([
    ["", "form.urlMissing"],
    ["   ", "form.urlMissing"],
    ["example.com/in", "form.urlMalformed"],
    ["https://", "form.urlMalformed"],
    ["ftp://example.com", "form.urlMalformed"],
    ["javascript:alert(1)", "form.urlMalformed"],
    ["https://me:secret@example.com", "form.urlPersonal"],
  ])("%j is refused: %s", (address, fault) => {
    expect(addressFault(address)).toBe(fault);
  });

  it.each(["https://example.com/in?a=1", " HTTPS://example.com ", "http://127.0.0.1:9000"])(
    "%j is left to the server",
    (address) => {
      expect(addressFault(address)).toBeNull();
    },
  );
});

describe("an address with letters of its own", () => {
  it("goes to the server in its ASCII form", () => {
    expect(asciiAddress(" https://чат.рф/приём ")).toMatch(/^https:\/\/xn--80a0bn\.xn--p1ai\/%D0/);
    expect(asciiAddress("https://a.example")).toBe("https://a.example");
  });
});

describe("a refusal", () => {
  const refused = (field?: string) =>
    new ApiError(400, { code: "invalid", message: "no", ...(field ? { field } : {}) });

  it("is shown at the field that the server names, else under the form", () => {
    expect(refusal(t, text(), refused("url")).field).toBe("url");
    expect(refusal(t, text(), refused("events")).field).toBe("events");
    expect(refusal(t, text(), refused()).field).toBe("form");
    expect(refusal(t, text(), new NetworkError()).field).toBe("form");
  });
});

describe("words", () => {
  it("name the events in the order in which they happen", () => {
    expect(eventNames(t, ["conversation.closed", "message.in"])).toEqual([
      "Visitor's message",
      "Conversation closed",
    ]);
    expect(eventNames(t, EVENTS)).toHaveLength(4);
  });

  it("tell what came of an attempt", () => {
    const told = (facts: Partial<Attempt>) => outcome(t, attempt(facts));
    expect(told({ status: 200 })).toBe("Accepted with 200");
    expect(told({ status: 500, error: "status" })).toBe("The receiver answered 500");
    expect(told({ status: 302, error: "redirect" })).toContain("(302)");
    expect(told({ error: "timeout" })).toBe("No answer within 15 seconds");
    expect(told({ error: "connection" })).toBe("Could not connect");
    expect(told({ error: "refused_address" })).toContain("private network");
  });

  it("tell how long it took, in a fitting unit", () => {
    expect(tookTime(45, "en")).toBe("45 ms");
    expect(tookTime(1_240, "en")).toBe("1.2 sec");
    expect(tookTime(15_000, "ru")).toBe("15 с");
  });
});
