import { Writer, Writers } from "@shared/typing";
import type { Author } from "@shared/wire";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const oleg: Author = { kind: "operator", id: "oleg", name: "Олег" };
const anna: Author = { kind: "operator", id: "anna", name: "Анна" };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("who writes tells of it", () => {
  const told: boolean[] = [];
  let heard = true;
  const writer = () => new Writer((writing) => heard && told.push(writing) > 0);
  beforeEach(() => told.splice(0));

  it("a second after the first letter, and every six seconds while they go on", () => {
    const mine = writer();
    for (let letters = 1; letters <= 14; letters += 1) {
      mine.wrote("x".repeat(letters));
      expect(told).toHaveLength(letters < 2 ? 0 : letters < 8 ? 1 : letters < 14 ? 2 : 3);
      vi.advanceTimersByTime(1_000);
    }
    expect(told).toEqual([true, true, true]);
  });

  it("so often that who hears it believes it all the while", () => {
    const mine = writer();
    let shown: readonly Author[] = [];
    const heard = new Writers((_, who) => {
      shown = who;
    });
    for (let ms = 0; ms < 30_000; ms += 250) {
      mine.wrote(`x${ms}`);
      vi.advanceTimersByTime(250);
      for (const writing of told.splice(0)) {
        heard.hear({ type: "typing", conversation_id: "talk", author: oleg, writing });
      }
      if (ms > 1_000) expect(shown).toEqual([oleg]);
    }
  });

  it("nothing of what is sent, or taken back, within a second", () => {
    const mine = writer();
    mine.wrote("ok");
    vi.advanceTimersByTime(999);
    mine.sent();
    mine.wrote("");
    mine.wrote("no");
    vi.advanceTimersByTime(999);
    mine.wrote("");
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });

  it("not of blanks, nor of an empty field", () => {
    const mine = writer();
    mine.wrote("");
    mine.wrote("  \n");
    vi.advanceTimersByTime(10_000);
    expect(told).toEqual([]);
  });

  it("that they have taken it all back, once", () => {
    const mine = writer();
    mine.wrote("x");
    vi.advanceTimersByTime(1_000);
    mine.wrote("");
    mine.wrote("");
    expect(told).toEqual([true, false]);
  });

  it("never more often than that, whatever they erase", () => {
    const mine = writer();
    mine.wrote("x");
    vi.advanceTimersByTime(1_000);
    mine.wrote("");
    mine.wrote("x");
    vi.advanceTimersByTime(5_999);
    expect(told).toEqual([true, false]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([true, false, true]);
  });

  it("once there is somebody to tell", () => {
    const mine = writer();
    heard = false;
    mine.wrote("x");
    vi.advanceTimersByTime(1_000);
    heard = true;
    mine.wrote("xx");
    vi.advanceTimersByTime(1_000);
    expect(told).toEqual([true]);
  });

  it("not that they stopped when they have sent it", () => {
    const mine = writer();
    mine.wrote("x");
    vi.advanceTimersByTime(1_000);
    mine.sent();
    mine.wrote("");
    expect(told).toEqual([true]);
  });
});

describe("who hears of it", () => {
  let shown: Record<string, string[]> = {};
  const writers = () =>
    new Writers((id, who) => {
      shown = { ...shown, [id]: who.map(({ name }) => name) };
    });
  const frame = (author: Author, writing = true, conversation_id = "talk") =>
    ({ type: "typing", conversation_id, author, writing }) as const;
  beforeEach(() => {
    shown = {};
  });

  it("believes it for eight seconds", () => {
    writers().hear(frame(oleg));
    vi.advanceTimersByTime(7_999);
    expect(shown).toEqual({ talk: ["Олег"] });
    vi.advanceTimersByTime(1);
    expect(shown).toEqual({ talk: [] });
  });

  it("from the newest word on", () => {
    const heard = writers();
    heard.hear(frame(oleg));
    vi.advanceTimersByTime(5_000);
    heard.hear(frame(oleg));
    vi.advanceTimersByTime(5_000);
    expect(shown).toEqual({ talk: ["Олег"] });
  });

  it("of each by themselves, in each conversation", () => {
    const heard = writers();
    heard.hear(frame(oleg));
    heard.hear(frame(anna));
    heard.hear(frame(anna, true, "other"));
    heard.hear(frame(oleg, false));
    expect(shown).toEqual({ talk: ["Анна"], other: ["Анна"] });
  });

  it("forgets it with their message, and what the message has overtaken", () => {
    const heard = writers();
    heard.hear(frame(oleg));
    heard.said("talk", "oleg");
    heard.hear(frame(oleg));
    expect(shown).toEqual({ talk: [] });
    vi.advanceTimersByTime(301);
    heard.hear(frame(oleg));
    expect(shown).toEqual({ talk: ["Олег"] });
  });
});
