import { beforeEach, expect, it, vi } from "vitest";
import { setRealtimeState } from "../src/realtime/state";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import { readDraft, writeDraft } from "../src/threads/drafts";
import { resend, restoreOutbox, send, useOutbox } from "../src/threads/outbox";
import { secondsLeft } from "../src/threads/pauses";
import { changeThread, receiveMessages, threadOf } from "../src/threads/store";
import { type Asked, anna, conversation, message, refused, serve, startAsAnna } from "./samples";

vi.mock("@mantine/notifications", () => ({ notifications: { show: vi.fn() } }));

const entries = () => useOutbox.getState().byId.a ?? [];
const posts = (asked: Asked[]) => asked.filter(({ path }) => path.endsWith("/a/messages"));
let seq = 0;

const accepted = ({ body }: Asked): [number, unknown] => {
  seq += 1;
  const facts = { direction: "out", body: body.body, client_id: body.client_id } as const;
  return [
    201,
    { message: message("a", seq, facts), conversation: conversation("a", { seq, rev: seq }) },
  ];
};

beforeEach(() => {
  seq = 0;
  startAsAnna();
  tokens.adopt({ access: "token", refresh: "refresh" });
  useOutbox.setState({ byId: {} });
  setRealtimeState("live");
  changeThread("a", (thread) => ({ ...thread, state: "ready" }));
});

it("sends replies one after the other, in the order they were written", async () => {
  const asked = serve(accepted);
  send("a", "first");
  send("a", "second");
  await vi.waitFor(() => expect(entries()).toEqual([]), 10_000);
  expect(posts(asked).map(({ body }) => body.body)).toEqual(["first", "second"]);
  expect(threadOf("a")?.messages.map(({ body }) => body)).toEqual(["first", "second"]);
});

it("repeats the same until the server answers, whatever comes meanwhile", async () => {
  vi.useFakeTimers();
  let failures = 2;
  const asked = serve((request) => (failures-- > 0 ? "offline" : accepted(request)));
  receiveMessages("a", [message("a", 1)]);
  send("a", "hello");
  receiveMessages("a", [message("a", 2)]);
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  expect(posts(asked)).toHaveLength(3);
  expect(new Set(posts(asked).map(({ body }) => body.client_id)).size).toBe(1);
  expect(posts(asked).map(({ body }) => body.after)).toEqual([1, 1, 1]);
  expect(entries()).toEqual([]);
});

it("keeps what is unsent over a reload, for the same operator only", async () => {
  vi.useFakeTimers();
  serve(() => "offline");
  send("a", "unsent");
  await vi.advanceTimersByTimeAsync(100);
  const kept = entries()[0];
  const asked = serve(accepted);
  useOutbox.setState({ byId: {} });
  useSession.setState({ operator: { ...anna, id: "oleg" } });
  restoreOutbox();
  expect(entries()).toEqual([]);
  useSession.setState({ operator: anna });
  restoreOutbox();
  expect(entries()).toEqual([kept]);
  await vi.advanceTimersByTimeAsync(20_000);
  vi.useRealTimers();
  expect(posts(asked)[0]?.body.client_id).toBe(kept?.client_id);
});

it("asks the person after some refusals over a good connection; Retry sends the same reply", async () => {
  vi.useFakeTimers();
  const busy = serve(() => refused(503, "unavailable"));
  send("a", "hello");
  await vi.advanceTimersByTimeAsync(30_000);
  expect(posts(busy)).toHaveLength(4);
  const [failed] = entries();
  expect(failed?.failed).toBe(true);
  const asked = serve(accepted);
  if (failed) resend("a", failed);
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  expect(posts(asked)[0]?.body.client_id).toBe(failed?.client_id);
  expect(entries()).toEqual([]);
});

it("a reply to what a colleague took fails at once and fetches how things stand", async () => {
  const taken = conversation("a", { rev: 7, assignee: { id: "oleg", name: "Олег" } });
  const page = { items: [], next: null, list_rev: 1 };
  const asked = serve(({ path }) => {
    if (path.endsWith("/open")) return [200, { conversation: taken, messages: [], evidence: null }];
    if (path.endsWith("/lists")) return [200, { mine: page, queue: page }];
    return refused(409, "already_taken");
  });
  send("a", "too late");
  await vi.waitFor(() => expect(entries()[0]?.failed).toBe(true), 10_000);
  await vi.waitFor(
    () => expect(asked.some(({ path }) => path.endsWith("/open"))).toBe(true),
    10_000,
  );
  expect(posts(asked)).toHaveLength(1);
});

it.each([
  ["stays, to be sent again or changed, when that cannot be fetched", "offline", true],
  ["goes with the conversation when that is no longer theirs", refused(404, "not_found"), false],
] as const)("a refused reply %s", async (_, opened, stays) => {
  let answered = false;
  serve(({ path }) => {
    if (!path.endsWith("/open")) return refused(409, "already_taken");
    answered = true;
    return opened;
  });
  send("a", "too late");
  await vi.waitFor(() => expect(answered).toBe(true));
  await vi.waitFor(() =>
    expect(entries().map(({ failed }) => failed)).toEqual(stays ? [true] : []),
  );
  await new Promise(requestAnimationFrame);
  expect(entries()).toHaveLength(stays ? 1 : 0);
});

it("keeps drafts per conversation and operator", () => {
  writeDraft("a", "half a sen");
  expect(readDraft("a")).toBe("half a sen");
  expect(readDraft("b")).toBe("");
  useSession.setState({ operator: { ...anna, id: "oleg" } });
  expect(readDraft("a")).toBe("");
  useSession.setState({ operator: anna });
  writeDraft("a", "");
  expect(localStorage.getItem("messenger:panel:draft:anna:a")).toBeNull();
});

it("is quiet for as long as the server wants, says so, and goes on by itself", async () => {
  vi.useFakeTimers();
  let refusals = 6;
  const asked = serve((request) =>
    refusals-- > 0
      ? [429, { error: { code: "too_many_requests", message: "", retry_after: 7 } }]
      : accepted(request),
  );
  send("a", "hello");
  await vi.advanceTimersByTimeAsync(6_900);
  expect(posts(asked)).toHaveLength(1);
  expect(secondsLeft("a")).toBe(1);
  await vi.advanceTimersByTimeAsync(36_000);
  vi.useRealTimers();
  expect(entries()).toEqual([]);
  expect(new Set(posts(asked).map(({ body }) => body.client_id)).size).toBe(1);
  expect(secondsLeft("a")).toBe(0);
});

it("sends what no server takes as what cannot be shown", async () => {
  const asked = serve(accepted);
  send("a", "half \ud83d");
  await vi.waitFor(() => expect(entries()).toEqual([]), 10_000);
  expect(posts(asked).map(({ body }) => body.body)).toEqual(["half \ufffd"]);
});
