import { ApiError } from "@shared/api";
import { Tokens } from "@shared/tokens";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeChannel, installLocks, removeLocks } from "../fakes";

/** A server that ends the session when a refresh token comes twice. */
function family() {
  let generation = 0;
  const seen: (string | null)[] = [];
  return {
    seen,
    exchange: async (refresh: string | null) => {
      seen.push(refresh);
      await new Promise((resolve) => setTimeout(resolve, 50));
      if (refresh !== null && refresh !== `r${generation}`) {
        throw new ApiError(401, { code: "unauthorized", message: "" });
      }
      generation += 1;
      return { access: `a${generation}`, refresh: `r${generation}` };
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  FakeChannel.install();
  installLocks();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  removeLocks();
});

async function finish<T>(work: Promise<T>): Promise<T> {
  await vi.advanceTimersByTimeAsync(10_000);
  return work;
}

test("two tabs whose token was refused at once exchange only once", async () => {
  const server = family();
  const one = new Tokens({ key: "k", exchange: server.exchange });
  const two = new Tokens({ key: "k", exchange: server.exchange });
  await finish(one.begin());

  const both = Promise.all([one.renew("a1"), two.renew("a1")]);

  expect(await finish(both)).toEqual(["a2", "a2"]);
  expect(server.seen).toEqual([null, "r1"]);
  expect(localStorage.getItem("k")).toBe("r2");
});

test("without Web Locks the tabs still take turns", async () => {
  removeLocks();
  const server = family();
  const one = new Tokens({ key: "k", exchange: server.exchange });
  const two = new Tokens({ key: "k", exchange: server.exchange });
  await finish(one.begin());

  const both = Promise.all([one.renew("a1"), two.renew("a1"), one.begin(), two.begin()]);
  await finish(both);

  expect(server.seen.slice(1)).toEqual([...new Set(server.seen.slice(1))]);
});

test("without a BroadcastChannel the second tab exchanges the newest stored token", async () => {
  vi.stubGlobal("BroadcastChannel", undefined);
  const server = family();
  const one = new Tokens({ key: "k", exchange: server.exchange });
  const two = new Tokens({ key: "k", exchange: server.exchange });
  await finish(one.begin());

  await finish(Promise.all([one.renew("a1"), two.renew("a1")]));

  expect(server.seen).toEqual([null, "r1", "r2"]);
});

test("many calls that were refused with one token share its successor", async () => {
  const server = family();
  const tokens = new Tokens({ key: "k", exchange: server.exchange });
  await finish(tokens.begin());

  const answers = await finish(Promise.all(Array.from({ length: 5 }, () => tokens.renew("a1"))));

  expect(new Set(answers)).toEqual(new Set(["a2"]));
  expect(server.seen).toHaveLength(2);
});

test("a page that empties localStorage does not sign its visitor out", async () => {
  const server = family();
  const tokens = new Tokens({ key: "k", exchange: server.exchange });
  await finish(tokens.begin());

  localStorage.clear();
  await finish(tokens.renew("a1"));

  expect(server.seen).toEqual([null, "r1"]);
});

test("signing out in one tab signs out the other", async () => {
  const server = family();
  const one = new Tokens({ key: "k", exchange: server.exchange });
  const two = new Tokens({ key: "k", exchange: server.exchange });
  await finish(one.begin());
  expect(two.access).toBe("a1");

  one.clear();

  expect(two.access).toBeNull();
  expect(two.refresh).toBeNull();
});

test("a failed exchange is the caller's to hear, and the lock is free again", async () => {
  let down = true;
  const tokens = new Tokens({
    key: "k",
    exchange: async () => {
      if (down) throw new ApiError(503, { code: "unavailable", message: "" });
      return { access: "a", refresh: "r" };
    },
  });

  await expect(tokens.begin()).rejects.toThrow();
  down = false;

  expect(await finish(tokens.begin())).toBe("a");
});

test("what another tab got before the machine slept has run out, too: then it is renewed again", async () => {
  const server = family();
  const one = new Tokens({ key: "k", exchange: server.exchange });
  const two = new Tokens({ key: "k", exchange: server.exchange });
  await finish(one.begin());
  const asked: string[] = [];
  const answered = two.spend(async (token) => {
    asked.push(token);
    if (token === "a1") await one.renew("a1");
    if (token !== "a3") throw new ApiError(401, { code: "unauthorized", message: "" });
    return "answer";
  });

  expect(await finish(answered)).toBe("answer");
  expect(asked).toEqual(["a1", "a2", "a3"]);
});

test("who is refused with a token of their own exchange is refused", async () => {
  const server = family();
  const tokens = new Tokens({ key: "k", exchange: server.exchange });
  let asked = 0;
  const refusal = tokens
    .spend(async () => {
      asked += 1;
      throw new ApiError(401, { code: "unauthorized", message: "" });
    })
    .catch((error: unknown) => error);

  expect(await finish(refusal)).toBeInstanceOf(ApiError);
  expect(asked).toBe(3);
});
