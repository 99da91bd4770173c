import type { Directory } from "@shared/wire";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { receiveConversations, useConversations } from "../src/conversations/store";
import { queries } from "../src/queries";
import { receiveFrame } from "../src/realtime/frames";
import { useViewing } from "../src/realtime/viewing";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import { changeThread, threadOf } from "../src/threads/store";
import { useWriters } from "../src/typing/writers";
import { conversation, message, serve, startAsAnna } from "./samples";

const seqs = () => threadOf("a")?.messages.map(({ seq }) => seq);

const arrive = (seq: number) =>
  receiveFrame({
    type: "message",
    message: message("a", seq),
    conversation: conversation("a", { seq, rev: seq, in_count: seq }),
  });

beforeEach(() => {
  startAsAnna();
  tokens.adopt({ access: "token", refresh: "refresh" });
  useViewing.setState({ id: "a" });
  changeThread("a", (thread) => ({ ...thread, state: "ready", messages: [message("a", 1)] }));
});

describe("a message frame", () => {
  it("twice is one message", () => {
    const asked = serve(() => [200, { messages: [] }]);
    arrive(2);
    arrive(2);
    expect(seqs()).toEqual([1, 2]);
    expect(asked).toEqual([]);
  });

  it("late stands where its seq says, and does not undo a newer conversation", () => {
    serve(() => [200, { messages: [] }]);
    arrive(3);
    arrive(2);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(useConversations.getState().byId.get("a")?.rev).toBe(3);
  });

  it("beyond a gap makes the panel fetch what lies between", async () => {
    const asked = serve(() => [200, { messages: [message("a", 2), message("a", 3)] }]);
    arrive(4);
    await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4]), 10_000);
    expect(asked.map(({ path }) => path)).toEqual(["/api/panel/conversations/a/messages?after=1"]);
  });
});

it("a conversation that is ahead of the thread on the screen is caught up with, page by page", async () => {
  const pages = [[2, 3], [4]];
  const asked = serve(() => [
    200,
    { messages: (pages.shift() ?? []).map((seq) => message("a", seq)) },
  ]);
  receiveFrame({ type: "conversation", conversation: conversation("a", { seq: 4, rev: 9 }) });
  await vi.waitFor(() => expect(seqs()).toEqual([1, 2, 3, 4]), 10_000);
  expect(asked.map(({ path }) => path.split("?")[1])).toEqual(["after=1", "after=3"]);
});

it("a pong brings changed conversations, and the lists when their rev differs", async () => {
  vi.useFakeTimers();
  const page = { items: [], next: null, list_rev: 8 };
  const asked = serve(() => [200, { mine: page, queue: page }]);
  const changed = conversation("b", { rev: 4 });
  receiveFrame({ type: "pong", conversations: [changed], gone: {}, list_rev: 8 });
  await vi.advanceTimersByTimeAsync(500);
  vi.useRealTimers();
  expect(useConversations.getState().byId.get("b")).toEqual(changed);
  expect(asked.map(({ path }) => path)).toEqual(["/api/panel/lists"]);
  expect(useConversations.getState().listRev).toBe(8);
});

it("what a pong says is gone leaves the screen, unless it is known to be newer", () => {
  receiveConversations(conversation("a", { rev: 9 }), conversation("b", { rev: 4 }));
  useConversations.setState({ listRev: 8 });
  receiveFrame({ type: "pong", conversations: [], gone: { a: 9, b: 5 }, list_rev: 8 });
  expect([...useConversations.getState().byId.keys()]).toEqual(["a"]);
});

it("a pong with the known list_rev fetches nothing", async () => {
  vi.useFakeTimers();
  const asked = serve(() => [200, {}]);
  useConversations.setState({ listRev: 8 });
  receiveFrame({ type: "pong", conversations: [], gone: {}, list_rev: 8 });
  await vi.advanceTimersByTimeAsync(500);
  vi.useRealTimers();
  expect(asked).toEqual([]);
});

it("a presence frame changes the colleague, and oneself in another tab", () => {
  const colleague = { id: "anna", presence: "online" } as Directory["operators"][number];
  queries.setQueryData(["directory"], { branches: [], inboxes: [], operators: [colleague] });
  receiveFrame({ type: "presence", operator_id: "anna", presence: "busy" });
  expect(queries.getQueryData<Directory>(["directory"])?.operators[0]?.presence).toBe("busy");
  expect(useSession.getState().operator?.presence).toBe("busy");
});

describe("a typing frame", () => {
  const visitor = { kind: "visitor", id: "contact-a", name: "" } as const;
  const typing = (conversation_id: string, writing = true) =>
    receiveFrame({ type: "typing", conversation_id, author: visitor, writing });
  const writing = () => Object.keys(useWriters.getState().byId);

  it("shows who writes until their message comes", () => {
    serve(() => [200, { messages: [] }]);
    typing("a");
    typing("b");
    expect(writing()).toEqual(["a", "b"]);
    receiveFrame({
      type: "message",
      message: message("a", 2, { author: visitor }),
      conversation: conversation("a", { seq: 2, rev: 2 }),
    });
    typing("b", false);
    expect(writing()).toEqual([]);
  });

  it("changes nothing of the conversations", () => {
    const before = useConversations.getState();
    typing("a");
    expect(useConversations.getState()).toBe(before);
  });
});
