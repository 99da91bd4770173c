import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Part } from "../../src/part";

let tries: number;
let works: boolean;
let part: Part<string>;

beforeEach(() => {
  vi.useFakeTimers();
  tries = 0;
  works = false;
  part = new Part(async () => {
    tries += 1;
    if (!works) throw new Error("offline");
    return "here";
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test("it comes once, when it is wanted", async () => {
  works = true;
  expect(part.show((it) => it)).toBeNull();
  expect(tries).toBe(0);

  part.want();
  part.want();
  await vi.advanceTimersByTimeAsync(0);
  part.want();

  expect(part.show((it) => it)).toBe("here");
  expect(tries).toBe(1);
});

test("what did not come is said, and asked for again by itself until it is here", async () => {
  part.want();
  await vi.advanceTimersByTimeAsync(0);
  expect(part.failed.value).toBe(true);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(tries).toBe(3);

  works = true;
  await vi.advanceTimersByTimeAsync(4_000);

  expect(part.module.value).toBe("here");
  expect(part.failed.value).toBe(false);
});

test("a file that is gone is not asked for for ever, but when the network or the person asks", async () => {
  part.want();
  await vi.advanceTimersByTimeAsync(3_600_000);
  const before = tries;
  expect(before).toBe(10);

  window.dispatchEvent(new Event("online"));
  await vi.advanceTimersByTimeAsync(0);
  part.want();
  await vi.advanceTimersByTimeAsync(0);

  expect(tries).toBe(before + 2);
});
