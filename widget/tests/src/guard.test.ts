/** Challenges, limits and sites that are not allowed, as a visitor meets them. */

import type { Challenge } from "@shared/wire";
import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { sha256 } from "../../src/guard/sha256";
import { prove } from "../../src/guard/work";
import { main } from "../../src/main";
import { captcha, soon } from "../../src/part";
import type { Widget } from "../../src/widget";
import { conversation, FakeChannel, FakeSocket, installLocks, message, settle } from "../fakes";

const SUM: Challenge = {
  kind: "arithmetic",
  token: "token-1",
  expires_in: 300,
  question: "7 + 5",
  altcha: null,
};

async function hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

interface Asked {
  route: string;
  body: Record<string, unknown>;
}

let asked: Asked[];
let refuse: (asked: Asked) => [status: number, error: object] | null;
let widget: Widget | undefined;

const fetched = async (url: string, init: RequestInit): Promise<Response> => {
  const route = String(url).split("/widget/")[1] ?? "";
  const one = { route, body: JSON.parse(String(init.body)) as Record<string, unknown> };
  asked.push(one);
  const refused = refuse(one);
  if (refused) return answer(refused[0], { error: { message: "", ...refused[1] } });
  if (route === "bootstrap") {
    return answer(200, {
      visitor_token: "t",
      refresh_token: "r",
      inbox: {
        id: "demo",
        name: "Shop",
        features: { realtime: false },
        appearance: { accent: null, side: "right", title: "", greeting: "" },
        photo: null,
      },
      conversation: null,
      messages: [],
      operator: null,
      socket: { ticket: "ticket", url: "wss://api.example/ws" },
      now: new Date(serverNow).toISOString(),
    });
  }
  if (route === "send") {
    const sent = message(1, { client_id: String(one.body.client_id), body: String(one.body.body) });
    return answer(201, { message: sent, conversation: conversation({ seq: 1, rev: 1 }) });
  }
  return answer(200, { messages: [], conversation: null });
};

let serverNow: number;

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const sent = () => asked.filter(({ route }) => route === "send").map(({ body }) => body);

function requireChallenge(challenge: Challenge, tried = false): void {
  refuse = ({ route, body }) => {
    const right = (body.captcha as { answer?: string } | null)?.answer === "12";
    if (route !== "send" || right) return null;
    return [403, { code: "captcha_required", challenge, ...(tried ? { field: "captcha" } : {}) }];
  };
}

async function draw(): Promise<void> {
  await settle();
  await settle();
}

async function page() {
  const host = document.createElement("div");
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  widget = main({
    root,
    src: "https://api.example/widget/loader.js",
    data: { inbox: "demo", api: "https://api.example", lang: "en" },
    calls: [["open"]],
  } as never);
  await draw();
  const one = (id: string) => root.querySelector<HTMLElement>(`[data-testid=${id}]`);
  return {
    one,
    states: () =>
      [...root.querySelectorAll("[data-testid=message]")].map((line) =>
        line.getAttribute("data-state"),
      ),
    say: async (text: string) => {
      (widget as Widget).write(text);
      await draw();
      one("send")?.click();
      await draw();
    },
    solve: async (text: string) => {
      (one("captcha-answer") as HTMLInputElement).value = text;
      one("captcha-send")?.click();
      await draw();
    },
  };
}

beforeAll(async () => {
  soon.want();
  captcha.want();
  await vi.waitUntil(() => soon.module.value && captcha.module.value, { timeout: 9_000 });
});

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date", "performance"],
  });
  serverNow = Date.now();
  asked = [];
  refuse = () => null;
  FakeSocket.install();
  FakeChannel.install();
  installLocks();
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => {
  widget?.stop();
  document.body.replaceChildren();
  localStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("a challenge is shown with its words, and the text that waits goes out with the answer", async () => {
  requireChallenge(SUM);
  const tab = await page();
  await tab.say("Let me in");

  expect(tab.states()).toEqual(["pending"]);
  expect(tab.one("captcha")?.textContent).toContain("How much is 7 + 5?");
  expect(tab.one("captcha-wrong")).toBeNull();
  await tab.solve(" 12 ");

  expect(tab.states()).toEqual(["sent"]);
  expect(tab.one("captcha")).toBeNull();
  expect(sent().map(({ captcha, body }) => [captcha, body])).toEqual([
    [null, "Let me in"],
    [{ token: "token-1", answer: "12" }, "Let me in"],
  ]);
  expect(new Set(sent().map(({ client_id }) => client_id)).size).toBe(1);
});

test("a wrong answer is said to be wrong, and another sum is asked", async () => {
  requireChallenge(SUM);
  const tab = await page();
  await tab.say("Let me in");
  requireChallenge({ ...SUM, token: "token-2", question: "10 + 2" }, true);
  await tab.solve("13");

  expect(tab.one("captcha-wrong")?.getAttribute("role")).toBe("alert");
  expect(tab.one("captcha")?.textContent).toContain("10 + 2");
  expect((tab.one("captcha-answer") as HTMLInputElement).value).toBe("");
  await tab.solve("12");

  expect(tab.states()).toEqual(["sent"]);
  expect(sent().at(-1)?.captcha).toEqual({ token: "token-2", answer: "12" });
});

test("while it is open nothing else is asked, whatever happens around it", async () => {
  requireChallenge(SUM);
  const tab = await page();
  await tab.say("one");
  await tab.say("two");
  dispatchEvent(new Event("online"));
  document.dispatchEvent(new Event("visibilitychange"));
  await draw();

  expect(sent()).toHaveLength(1);
  await tab.solve("12");

  expect(sent().map(({ body }) => body)).toEqual(["one", "one", "two"]);
});

test("before it runs out another one is fetched", async () => {
  requireChallenge(SUM);
  const tab = await page();
  await tab.say("Let me in");
  requireChallenge({ ...SUM, token: "token-2", question: "10 + 2" });

  await vi.advanceTimersByTimeAsync(286_000);
  await draw();

  expect(tab.one("captcha")?.textContent).toContain("10 + 2");
});

test("a page that begins anew asks again, and the text is still there", async () => {
  requireChallenge(SUM);
  await (await page()).say("Let me in");
  widget?.stop();
  document.body.replaceChildren();

  const tab = await page();

  expect(tab.states()).toEqual(["pending"]);
  await tab.solve("12");
  expect(tab.states()).toEqual(["sent"]);
});

test("a proof of work is done without a word of the visitor", async () => {
  const altcha = {
    algorithm: "SHA-256",
    salt: "id?expires=1",
    challenge: await hex("id?expires=112"),
    maxnumber: 99,
  };
  requireChallenge({
    kind: "altcha",
    token: "t",
    expires_in: 300,
    question: null,
    altcha,
  } as Challenge);
  const tab = await page();
  await tab.say("Let me in");
  await vi.advanceTimersByTimeAsync(50);
  await draw();

  expect(tab.states()).toEqual(["sent"]);
});

test.each([
  "",
  "a",
  "x".repeat(55),
  "x".repeat(56),
  "x".repeat(64),
  "x".repeat(119),
  "x".repeat(500),
])("SHA-256 of %s", async (text) => {
  expect(sha256(text.slice(0, 7))(text.slice(7))).toBe(await hex(text));
});

test("a proof that there is none, or that nobody wants, ends", async () => {
  vi.useRealTimers();
  const work = { algorithm: "SHA-256" as const, salt: "s", challenge: "none", maxnumber: 500 };

  expect(await prove(work, () => true)).toBeNull();
  expect(await prove({ ...work, maxnumber: 1e9 }, () => false)).toBeNull();
});

test("too many requests over a socket or by REST: as long as the server says, then by itself", async () => {
  refuse = ({ route }) =>
    route === "send" ? [429, { code: "too_many_requests", retry_after: 17 }] : null;
  const tab = await page();
  await tab.say("Hello");
  expect(tab.one("notice")?.textContent).toContain("17 s");
  refuse = () => null;

  await vi.advanceTimersByTimeAsync(10_000);
  await draw();
  expect([tab.one("notice")?.textContent?.includes("7 s"), sent().length]).toEqual([true, 1]);
  await vi.advanceTimersByTimeAsync(8_000);
  await draw();

  expect(tab.states()).toEqual(["sent"]);
  expect(tab.one("notice")).toBeNull();
});

test("a long wait is told in minutes", async () => {
  refuse = ({ route }) =>
    route === "send" ? [429, { code: "too_many_requests", retry_after: 540 }] : null;
  const tab = await page();
  await tab.say("Hello");

  expect(tab.one("notice")?.textContent).toContain("9 min");
});

test("a clock that is set back during a wait does not lengthen it", async () => {
  refuse = ({ route }) =>
    route === "send" ? [429, { code: "too_many_requests", retry_after: 5 }] : null;
  const tab = await page();
  await tab.say("Hello");
  refuse = () => null;
  vi.setSystemTime(Date.now() - 86_400_000);

  await vi.advanceTimersByTimeAsync(6_000);
  await draw();

  expect(tab.states()).toEqual(["sent"]);
});

test("on a site that may not show the inbox there is nothing to see but a word to its developer", async () => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  refuse = () => [403, { code: "forbidden" }];

  const tab = await page();
  await draw();

  expect([tab.one("launcher"), tab.one("dialog"), tab.one("notice")]).toEqual([null, null, null]);
  expect(warned.mock.calls).toHaveLength(1);
});

test("a device whose clock is a day off shows today's messages as today's", async () => {
  vi.setSystemTime(serverNow + 86_400_000 * 1.5);
  const tab = await page();
  refuse = ({ route }) => (route === "send" ? [503, { code: "unavailable" }] : null);

  await tab.say("Hello");

  expect(tab.one("day")?.textContent).toBe("Today");
  const shown = tab.one("message")?.querySelector("time")?.getAttribute("datetime") ?? "";
  expect(Math.abs(Date.parse(shown) - serverNow)).toBeLessThan(60_000);
});

test.each(["\u200b", "\u0000", "\u202e\u202c", "\ufeff \n", "\u3164"])(
  "what nobody can see is not sent (%j)",
  async (text) => {
    const tab = await page();
    await tab.say(text);

    expect([tab.states(), widget?.draft.value]).toEqual([[], text]);
  },
);

test("10,000 characters stay in the field, and the person reads how many are too many", async () => {
  const tab = await page();
  await tab.say("ж".repeat(10_000));

  expect(tab.states()).toEqual([]);
  expect(tab.one("counter")?.textContent).toBe("Characters too many: 6,000".replace(",", ""));
  expect(widget?.draft.value).toHaveLength(10_000);
});

test("half a pair of code units does not hold up what is written", async () => {
  const tab = await page();
  await tab.say("a\ud83d b 👍");

  expect(sent().map(({ body }) => body)).toEqual(["a\ufffd b 👍"]);
});

test("two clicks before anything is drawn send once", async () => {
  const tab = await page();
  widget?.write("once");
  await draw();
  tab.one("send")?.click();
  tab.one("send")?.click();
  await draw();

  expect(sent().map(({ body }) => body)).toEqual(["once"]);
});
