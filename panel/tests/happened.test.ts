import type { HistoryEntry } from "@shared/wire";
import { describe, expect, it } from "vitest";
import { belongs, sorted } from "../src/conversations/tabs";
import { setLanguage, text } from "../src/i18n/language";
import { isLow, scoreWords } from "../src/ratings/words";
import { happened } from "../src/thread/happened";
import { at, conversation } from "./samples";

const entry = (minute: number, facts: Partial<HistoryEntry>): HistoryEntry => ({
  at: at(minute),
  action: "resolved",
  actor: null,
  cause: null,
  from_operator: null,
  to_operator: null,
  from_branch_id: "ekb",
  to_branch_id: null,
  note: null,
  score: null,
  ...facts,
});

const lines = [{ at: at(1) }, { at: at(5) }];
const minutes = (places: HistoryEntry[][]) =>
  places.map((place) => place.map((each) => each.at.slice(14, 16)));

describe("what happened between the messages", () => {
  it("stands before the line that came after it, the rest behind them all", () => {
    const history = [
      entry(9, { action: "rated" }),
      entry(8, { action: "ended" }),
      entry(5, { action: "queued", cause: "reopened" }),
      entry(3, {}),
    ];

    expect(minutes(happened(history, lines, true))).toEqual([[], ["03", "05"], ["08", "09"]]);
  });

  it("is not told where nobody knows what lies between", () => {
    expect(minutes(happened([entry(0, {})], lines, false))).toEqual([[], [], []]);
    expect(minutes(happened([entry(0, {})], lines, true))).toEqual([["00"], [], []]);
  });

  it("leaves out who was given it, and looks", () => {
    const history = [
      entry(2, { action: "looked" }),
      entry(2, { action: "assigned", cause: "routed" }),
      entry(2, { action: "queued", cause: "transferred" }),
    ];

    expect(happened(history, lines, true).flat()).toEqual([]);
  });
});

describe("requests", () => {
  const first = conversation("first", { requested_at: at(1), activity_at: at(9) });
  const second = conversation("second", { requested_at: at(2), activity_at: at(8) });

  it("are those that nobody has answered, the oldest first", () => {
    expect(belongs("requests", first, "anna")).toBe(true);
    expect(belongs("requests", { ...first, requested_at: null }, "anna")).toBe(false);
    expect(belongs("requests", { ...first, status: "resolved" }, "anna")).toBe(false);
    expect(sorted("requests", [second, first]).map(({ id }) => id)).toEqual(["first", "second"]);
  });
});

describe("a score", () => {
  it("is told with what is the most", () => {
    setLanguage("ru");
    expect(scoreWords(text(), { scale: "stars", score: 4 })).toBe("4 из 5");
    expect(scoreWords(text(), { scale: "nps", score: 10 })).toBe("10 из 10");
  });

  it("is low where somebody should ask what went wrong", () => {
    expect(isLow({ scale: "stars", score: 2 })).toBe(true);
    expect(isLow({ scale: "stars", score: 3 })).toBe(false);
    expect(isLow({ scale: "nps", score: 6 })).toBe(true);
    expect(isLow({ scale: "nps", score: 7 })).toBe(false);
  });
});
