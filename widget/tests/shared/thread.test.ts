import { contiguousSeq, mergeMessages, placeLines, stillPending } from "@shared/thread";
import { expect, test } from "vitest";
import { message } from "../fakes";

/** A small seeded generator: the same run every time. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

test("whatever the order, the duplicates and the batches, the thread is the same", () => {
  const all = Array.from({ length: 40 }, (_, index) => message(index + 1));

  for (let seed = 1; seed <= 60; seed += 1) {
    const random = randoms(seed);
    const deliveries = [...all, ...all.filter(() => random() < 0.5)].sort(() => random() - 0.5);
    let thread: readonly (typeof all)[number][] = [];
    while (deliveries.length) {
      const before = thread.length;
      thread = mergeMessages(thread, deliveries.splice(0, 1 + Math.floor(random() * 6)));
      expect(thread.length).toBeGreaterThanOrEqual(before);
      expect(new Set(thread.map(({ seq }) => seq)).size).toBe(thread.length);
    }
    expect(thread).toEqual(all);
  }
});

test("merging what is known returns the very same array", () => {
  const known = [message(1), message(2)];

  expect(mergeMessages(known, [message(2), message(1)])).toBe(known);
  expect(mergeMessages(known, [])).toBe(known);
});

test("the contiguous seq stops at the first gap, and never claims what is not there", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const random = randoms(seed);
    const present = Array.from({ length: 30 }, (_, index) => index + 1).filter(
      () => random() < 0.85,
    );
    const claimed = contiguousSeq(present.map((seq) => message(seq)));
    const firstGap = present.findIndex((seq, index) => seq !== index + 1);
    expect(claimed).toBe(firstGap === -1 ? present.length : firstGap);
  }
});

test("a window that begins later is contiguous from its beginning", () => {
  const window = [message(51), message(52), message(54)];

  expect(contiguousSeq(window, 50)).toBe(52);
  expect(contiguousSeq(window, 0)).toBe(0);
  expect(contiguousSeq([], 7)).toBe(7);
});

test("a text stays pending until the message with its client id is here, in the order it was written", () => {
  const texts = [
    { client_id: "b", body: "two", at: 2 },
    { client_id: "a", body: "one", at: 1 },
    { client_id: "c", body: "three", at: 3 },
  ];

  const pending = stillPending(texts, [message(9, { client_id: "a" })]);

  expect(pending.map(({ body }) => body)).toEqual(["two", "three"]);
});

test("lines of one author stand together until five minutes or midnight part them", () => {
  const at = (text: string) => new Date(text).getTime();
  const lines = [
    { author: "visitor", at: at("2031-05-08T23:58:00") },
    { author: "visitor", at: at("2031-05-08T23:59:00") },
    { author: "visitor", at: at("2031-05-09T00:00:30") },
    { author: "anna", at: at("2031-05-09T00:01:00") },
    { author: "anna", at: at("2031-05-09T00:07:00") },
  ];

  const placed = placeLines(lines);

  expect(placed.map(({ first }) => first)).toEqual([true, false, true, true, true]);
  expect(placed.map(({ last }) => last)).toEqual([false, true, true, true, true]);
  expect(placed.map(({ day }) => day)).toEqual(["2031-5-8", null, "2031-5-9", null, null]);
});
