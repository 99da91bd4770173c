import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { receiveConversations } from "../src/conversations/store";
import { unreadShown } from "../src/conversations/unread";
import { useViewing } from "../src/realtime/viewing";
import { tokens } from "../src/session/tokens";
import { markRead, markUnread } from "../src/threads/actions";
import { type Asked, conversation, serve, startAsAnna } from "./samples";

let rev = 1;
let asked: Asked[];
const marks = () =>
  asked.filter(({ path }) => path.endsWith("/mark_read")).map(({ body }) => body.in_count);

/** The visitor has said so much, and so much of it is unread. */
function known(in_count: number, unread: number): void {
  rev += 1;
  receiveConversations(conversation("a", { rev, in_count, unread }));
}

beforeEach(() => {
  vi.useFakeTimers();
  startAsAnna();
  tokens.adopt({ access: "token", refresh: "refresh" });
  asked = serve(({ body }) => {
    rev += 1;
    const in_count = Number(body.in_count);
    return [200, { conversation: conversation("a", { rev, in_count, unread: 0 }) }];
  });
});

afterEach(() => {
  vi.useRealTimers();
  useViewing.setState({ id: null });
});

it("marks what is read within two seconds at once, and not later because more comes", async () => {
  known(1, 1);
  markRead("a", 1);
  await vi.advanceTimersByTimeAsync(1_500);
  known(2, 2);
  markRead("a", 2);
  await vi.advanceTimersByTimeAsync(600);
  expect(marks()).toEqual([2]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(marks()).toEqual([2]);
});

it("marks nothing that a reply has said", async () => {
  known(1, 1);
  markRead("a", 1);
  known(1, 0);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(marks()).toEqual([]);
});

it("marks nothing that is put away as unread right after", async () => {
  known(1, 1);
  markRead("a", 1);
  await vi.advanceTimersByTimeAsync(500);
  asked = serve(() => [200, { conversation: conversation("a", { rev: ++rev, unread: 1 }) }]);
  await markUnread("a");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked.map(({ path }) => path.split("/").at(-1))).toEqual(["mark_unread"]);
});

it("marks what comes while a mark is on its way", async () => {
  known(1, 1);
  markRead("a", 1);
  await vi.advanceTimersByTimeAsync(2_000);
  known(2, 1);
  markRead("a", 2);
  await vi.advanceTimersByTimeAsync(2_100);
  expect(marks()).toEqual([1, 2]);
});

it("counts nothing as unread that is before the operator's eyes", () => {
  const unread = conversation("a", { unread: 2 });
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  expect(unreadShown(unread)).toBe(2);
  useViewing.setState({ id: "a" });
  expect(unreadShown(unread)).toBe(0);
  expect(unreadShown({ ...unread, marked_unread: true })).toBe(1);
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  expect(unreadShown(unread)).toBe(2);
});
