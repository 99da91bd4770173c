import { describe, expect, it } from "vitest";
import { lengthOf } from "../src/thread/limits";
import { linesOf } from "../src/thread/lines";
import { firstUnread, haveUpTo, type Thread, withOlder, withWindow } from "../src/threads/store";
import { anna, message } from "./samples";

const seqs = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => message("a", from + index));

const thread = (from: number, to: number): Thread => ({
  state: "ready",
  error: null,
  messages: seqs(from, to),
  base: from - 1,
  evidence: null,
  history: [],
  unreadFrom: null,
});

describe("the loaded window", () => {
  it("joins what was loaded before when no hole lies between", () => {
    const joined = withWindow(thread(51, 100), seqs(81, 130));
    expect([joined.base, haveUpTo(joined)]).toEqual([50, 130]);
  });

  it("replaces it when one does: a hole would look like a whole conversation", () => {
    const replaced = withWindow(thread(1, 50), seqs(81, 130));
    expect([replaced.base, replaced.messages[0]?.seq]).toEqual([80, 81]);
  });

  it("grows upwards by pages, down to the beginning", () => {
    const grown = withOlder(thread(51, 100), seqs(1, 50));
    expect([grown.base, grown.messages.length]).toEqual([0, 100]);
  });
});

it("puts the divider above the first of the unread incoming messages", () => {
  const messages = [
    message("a", 1),
    message("a", 2, { direction: "out" }),
    message("a", 3),
    message("a", 4),
  ];
  expect(firstUnread(messages, 2)).toBe(3);
  expect(firstUnread(messages, 0)).toBeNull();
  expect(firstUnread(messages, 99)).toBe(1);
});

it("shows a reply once, although it is both on its way and already there", () => {
  const outgoing = { client_id: "mine-1", body: "hello", at: Date.now() };
  const arrived = message("a", 1, { direction: "out", client_id: "mine-1" });
  const states = (messages: (typeof arrived)[]) =>
    linesOf(messages, [outgoing], anna).map(({ line }) => [line.key, line.state]);
  expect(states([])).toEqual([["mine-1", "pending"]]);
  expect(states([arrived])).toEqual([["mine-1", "sent"]]);
});

it("counts characters as the server does", () => {
  expect(lengthOf("Привет 🙌")).toBe(8);
});
