import { ApiError, NetworkError } from "@shared/api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Entry, Outbox } from "../../src/outbox";
import { installLocks, removeLocks, settle } from "../fakes";

let sent: string[];
let deliver: (entry: Entry) => Promise<void>;

function outbox(more: { onTrouble?: (error: unknown) => void } = {}): Outbox {
  return new Outbox({
    inbox: "demo",
    deliver: (entry) => deliver(entry),
    onChange: () => {},
    onTrouble: () => {},
    onMoving: () => {},
    random: () => 1,
    ...more,
  });
}

function refused(status: number, retryAfter?: number): ApiError {
  return new ApiError(status, { code: "invalid", message: "" }, retryAfter);
}

const offline = async () => Promise.reject(new NetworkError());
const online = async (entry: Entry) => {
  sent.push(entry.body);
};

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  installLocks();
  sent = [];
  deliver = online;
});

afterEach(() => {
  vi.useRealTimers();
  removeLocks();
});

test("texts go out one by one, in the order they were written", async () => {
  let busy = 0;
  deliver = async (entry) => {
    busy += 1;
    expect(busy).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100 - sent.length * 30));
    busy -= 1;
    sent.push(entry.body);
  };
  const box = outbox();

  for (const text of ["one", "two", "three"]) box.add(text);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(sent).toEqual(["one", "two", "three"]);
  expect(box.entries.value).toEqual([]);
});

test("texts of one millisecond, and of a clock that went back, keep their order", async () => {
  deliver = offline;
  const box = outbox();
  box.add("one");
  box.add("two");
  vi.setSystemTime(Date.now() - 3_600_000);
  box.add("three");
  deliver = online;

  await vi.advanceTimersByTimeAsync(60_000);

  expect(sent).toEqual(["one", "two", "three"]);
});

test("what was not acknowledged survives a reload, with its id", async () => {
  deliver = offline;
  const before = outbox();
  const ids = ["one", "two"].map((text) => before.add(text).client_id);
  await settle();
  const seen: string[] = [];
  deliver = async (entry) => {
    seen.push(entry.client_id);
    sent.push(entry.body);
  };

  const after = outbox();
  after.flush();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(sent.slice(0, 2)).toEqual(["one", "two"]);
  expect(seen.slice(0, 2)).toEqual(ids);
  expect(Object.keys(localStorage).filter((key) => key.includes(":out:"))).toEqual([]);
});

test("a lost answer is asked for again under the same id, and nothing overtakes it", async () => {
  const calls: string[] = [];
  let lost = true;
  deliver = async (entry) => {
    calls.push(`${entry.body} ${entry.client_id}`);
    if (!lost) return;
    lost = false;
    throw new NetworkError();
  };
  const box = outbox();

  const one = box.add("one");
  const two = box.add("two");
  await vi.advanceTimersByTimeAsync(10_000);

  expect(calls).toEqual([`one ${one.client_id}`, `one ${one.client_id}`, `two ${two.client_id}`]);
});

test("two tabs send each text once", async () => {
  deliver = async (entry) => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    sent.push(entry.body);
  };
  const one = outbox();
  const two = outbox();

  one.add("one");
  two.add("two");
  one.add("three");
  two.load();
  two.flush();
  one.flush();
  await vi.advanceTimersByTimeAsync(5_000);
  const again = outbox();
  again.flush();
  await vi.advanceTimersByTimeAsync(5_000);

  expect([...new Set(sent)].sort()).toEqual(["one", "three", "two"]);
  expect(again.entries.value).toEqual([]);
});

test("a tab takes over what another one left behind", async () => {
  deliver = offline;
  outbox().add("from a tab that crashed");
  await settle();
  deliver = online;
  const other = outbox();

  other.load();
  other.flush();
  await settle();

  expect(sent).toContain("from a tab that crashed");
});

test("waits between attempts grow to half a minute", async () => {
  const moments: number[] = [];
  deliver = async () => {
    moments.push(Date.now());
    throw new NetworkError();
  };
  outbox().add("one");

  await vi.advanceTimersByTimeAsync(200_000);
  const waits = moments.slice(1).map((at, index) => at - (moments[index] ?? 0));

  expect(waits.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
  expect(Math.max(...waits)).toBe(30_000);
});

test("a refused text is kept for the person, and does not hold up the next", async () => {
  deliver = async (entry) => {
    if (entry.body === "bad") throw refused(400);
    sent.push(entry.body);
  };
  const box = outbox();

  const bad = box.add("bad");
  box.add("good");
  await settle();

  expect(sent).toEqual(["good"]);
  expect(box.entries.value).toMatchObject([{ client_id: bad.client_id, failed: true }]);
  expect(outbox().entries.value).toMatchObject([{ body: "bad", failed: true }]);
});

test("retry sends a refused text again under its own id", async () => {
  deliver = async () => Promise.reject(refused(400));
  const box = outbox();
  const bad = box.add("bad");
  await settle();
  const ids: string[] = [];
  deliver = async (entry) => {
    ids.push(entry.client_id);
  };

  box.retry(bad.client_id);
  await settle();

  expect(ids).toEqual([bad.client_id]);
  expect(box.entries.value).toEqual([]);
});

test("after too many requests nothing is sent until the pause is over", async () => {
  const onTrouble = vi.fn();
  deliver = async () => Promise.reject(refused(429, 20));
  const box = outbox({ onTrouble });
  box.add("one");
  await settle();
  deliver = online;

  box.add("two");
  box.flush();
  await vi.advanceTimersByTimeAsync(19_000);
  expect(sent).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_100);

  expect(sent).toEqual(["one", "two"]);
  expect(onTrouble).toHaveBeenCalledTimes(1);
});

test("an acknowledged text never comes back, however late another tab writes it", async () => {
  const box = outbox();
  const entry = box.add("one");
  await settle();
  localStorage.setItem(`messenger:demo:out:${entry.client_id}`, JSON.stringify(entry));

  box.load();
  box.flush();
  await settle();

  expect(sent).toEqual(["one"]);
  expect(box.entries.value).toEqual([]);
});

test("a blocked localStorage loses nothing while the page lives", async () => {
  const blocked = () => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(blocked);
  vi.spyOn(Storage.prototype, "getItem").mockImplementation(blocked);
  vi.spyOn(Storage.prototype, "removeItem").mockImplementation(blocked);
  vi.spyOn(Storage.prototype, "key").mockImplementation(blocked);
  deliver = offline;
  const box = outbox();
  box.add("one");
  await settle();
  deliver = online;

  await vi.advanceTimersByTimeAsync(5_000);

  expect(sent).toEqual(["one"]);
  expect(box.entries.value).toEqual([]);
});

test("foreign rubbish under our prefix is thrown away", () => {
  localStorage.setItem("messenger:demo:out:x", "{not json");
  localStorage.setItem("messenger:demo:out:y", '{"client_id":1}');

  expect(outbox().entries.value).toEqual([]);
  expect(localStorage.length).toBe(0);
});
