import { readItem } from "@shared/storage";
import type { VisitorConversation } from "@shared/wire";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Call } from "../../loader/handover";
import { fields, fillIn } from "../../src/leaving/request";
import { obey, type Site } from "../../src/page";
import { leaving, soon } from "../../src/part";
import { Widget } from "../../src/widget";
import { conversation, FakeSocket, installLocks, removeLocks } from "../fakes";

const VERA = { name: "Вера", email: "vera@example.ru", phone: "+79123456789" };

let site: Site;
let heard: [event: string, details: unknown][];
let warn: ReturnType<typeof vi.spyOn>;
/** What the server has been told, and what it says of bodies and routes. */
let told: Record<string, string>[];
let refuse: (body: Record<string, string>, route: string) => [number, object] | undefined;
let identified: boolean;
let current: VisitorConversation | null;

const json = (status: number, body: object) => new Response(JSON.stringify(body), { status });
const error = (code: string, more: object = {}) => ({ error: { code, message: "No.", ...more } });
const wrong = (field: string): [number, object] => [400, error("invalid", { field })];

async function server(url: string, init: RequestInit): Promise<Response> {
  const route = String(url).split("/widget/")[1] ?? "";
  const body = JSON.parse(String(init.body));
  if (route === "identify") told.push(body);
  const refusal = refuse(body, route);
  if (refusal) return json(...refusal);
  if (route === "identify") return json(200, {});
  return json(200, {
    visitor_token: "t",
    refresh_token: "r",
    inbox: { id: "demo", name: "Demo", features: { realtime: true }, appearance: {} },
    conversation: current,
    messages: [],
    operator: null,
    offline: null,
    identified,
    socket: { ticket: "ticket", url: "wss://chat.example/ws" },
    now: new Date().toISOString(),
  });
}

/** A page that has loaded the widget and listens to it. */
function arrive(listening = true): Widget {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const widget = new Widget({ inbox: "demo", api: "https://chat.example/api", language: "ru" });
  site = {
    widget,
    handover: { src: "", data: { inbox: "demo" }, root, calls: [], fetch: () => {} },
    leave: () => widget.stop(),
    begin: () => {},
  };
  if (listening) listen();
  return widget;
}

function listen(): void {
  const on = (event: string): Call => [
    "on",
    event,
    (details: unknown) => heard.push([event, details]),
  ];
  obey(site, [on("rated"), on("error")]);
}

function leave(): void {
  obey(site, [["destroy"]]);
}

const identify = (facts: unknown) => obey(site, [["identify", facts]]);

/** Time for what is under way, and not for what waits. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(50);
}

beforeAll(async () => {
  soon.want();
  leaving.want();
  await vi.waitUntil(() => soon.module.value && leaving.module.value, 10_000);
});

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  FakeSocket.install();
  installLocks();
  [heard, told, identified, current] = [[], [], false, null];
  refuse = () => undefined;
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.stubGlobal("fetch", server);
  arrive();
});

afterEach(() => {
  leave();
  vi.useRealTimers();
  removeLocks();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("rated", () => {
  const rated = (rev: number, score: number | null) =>
    conversation({
      status: "resolved",
      rev,
      rating:
        score === null ? null : { scale: "nps", score, changeable_until: "2031-05-10T12:00:00Z" },
    });
  const rate = async (rev: number, score: number | null) => {
    site.widget.take(rated(rev, score), []);
    await settle();
  };

  it("tells the score, and the score that it was changed to, be it a zero", async () => {
    site.widget.show();
    await settle();
    await rate(2, null);
    await rate(3, 4);
    await rate(4, 4);
    await rate(5, 0);

    expect(heard).toEqual([
      ["rated", { score: 4 }],
      ["rated", { score: 0 }],
    ]);
  });

  it("says nothing of what was rated on an earlier page", async () => {
    current = rated(3, 4);
    site.widget.show();
    await settle();
    await rate(4, 4);
    expect(heard).toEqual([]);

    await rate(5, 5);

    expect(heard).toEqual([["rated", { score: 5 }]]);
  });
});

describe("error", () => {
  it.each([
    [503, "unavailable", "server"],
    [429, "too_many_requests", "pause"],
    [404, "not_found", "unavailable"],
    [403, "forbidden", "unavailable"],
  ])("a server that answers %i is told once as %s: %s", async (status, code, reason) => {
    refuse = () => [status, error(code)];
    site.widget.show();
    await settle();

    expect(heard).toEqual([["error", { reason }]]);
  });

  it("a network that is back and lost again is told twice", async () => {
    refuse = () => [503, error("unavailable")];
    site.widget.show();
    await settle();
    refuse = () => undefined;
    site.widget.tryNow();
    await settle();
    FakeSocket.last.open();
    await settle();
    refuse = () => [503, error("unavailable")];
    site.widget.send("Hello", []);
    FakeSocket.last.answers = false;
    await vi.advanceTimersByTimeAsync(11_000);

    expect(heard).toEqual([
      ["error", { reason: "server" }],
      ["error", { reason: "server" }],
    ]);
  });

  it("is told to who asks while the trouble lasts", async () => {
    leave();
    refuse = () => [404, error("not_found")];
    const widget = arrive(false);
    widget.show();
    await settle();
    expect(heard).toEqual([]);

    listen();
    await settle();

    expect(heard).toEqual([["error", { reason: "unavailable" }]]);
  });

  it("a listener that throws keeps nothing from the others", async () => {
    const thrown = vi.fn();
    obey(site, [
      [
        "on",
        "error",
        () => {
          thrown();
          throw new Error("the page's own");
        },
      ],
      ["on", "error", (details: unknown) => heard.push(["second", details])],
    ]);
    refuse = () => [404, error("not_found")];
    site.widget.show();

    await expect(settle()).rejects.toThrow("the page's own");

    expect(thrown).toHaveBeenCalledTimes(1);
    expect(heard.map(([event]) => event)).toEqual(["error", "second"]);
  });
});

describe("identify", () => {
  it("asks for nothing until there is a visitor, and then once", async () => {
    identify(VERA);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([]);

    site.widget.show();
    await settle();
    identify({ ...VERA });
    site.widget.hide();
    await settle();

    expect(told).toEqual([VERA]);
    expect(heard).toEqual([]);
  });

  it("the next page says the same, and nothing is asked", async () => {
    identify(VERA);
    site.widget.show();
    await settle();
    leave();
    identified = true;
    arrive();

    identify({ ...VERA, phone: ` ${VERA.phone}`, admin: true });
    site.widget.show();
    await settle();
    expect(told).toEqual([VERA]);

    identify({ ...VERA, email: "new@example.ru" });
    await settle();
    expect(told).toEqual([VERA, { email: "new@example.ru" }]);
  });

  it("what is said in pieces is one person", async () => {
    identify({ name: "Вера" });
    identify({ phone: VERA.phone });
    site.widget.show();
    await settle();
    identify({ email: VERA.email });
    await settle();
    expect(told).toEqual([{ name: "Вера", phone: VERA.phone }, { email: VERA.email }]);

    leave();
    identified = true;
    arrive();
    site.widget.show();
    await settle();
    for (const [fact, value] of Object.entries(VERA)) identify({ [fact]: value });
    await settle();

    expect(told).toHaveLength(2);
    expect(site.widget.said).toEqual(VERA);
  });

  it("a visitor who is somebody new to the server is told of again", async () => {
    identify(VERA);
    site.widget.show();
    await settle();
    leave();
    arrive();

    identify(VERA);
    site.widget.show();
    await settle();

    expect(told).toEqual([VERA, VERA]);
  });

  it("one wrong fact is told to the page and to the console; the others are kept", async () => {
    refuse = ({ email }, route) => (route === "identify" && email ? wrong("email") : undefined);
    identify({ name: "Вера", email: "vera@", phone: null });
    site.widget.show();
    await settle();

    expect(told).toEqual([{ name: "Вера", email: "vera@" }, { name: "Вера" }]);
    expect(heard).toEqual([["error", { reason: "identify", field: "email" }]]);
    expect(warn).toHaveBeenCalledWith("Messenger: identify: email: No.");
  });

  it("the same wrong fact is told again on the next page, without asking", async () => {
    refuse = ({ email }, route) => (route === "identify" && email ? wrong("email") : undefined);
    identify({ name: "Вера", email: "vera@" });
    site.widget.show();
    await settle();
    leave();
    heard = [];
    identified = true;
    arrive();

    identify({ name: "Вера", email: "vera@" });
    site.widget.show();
    await settle();

    expect(told).toHaveLength(2);
    expect(heard).toEqual([["error", { reason: "identify", field: "email" }]]);
  });

  it.each([[undefined], [null], ["Вера"], [{}], [{ name: " ", email: null }], [{ id: 7 }]])(
    "%j says nothing of anybody",
    async (facts) => {
      identify(facts);
      site.widget.show();
      await settle();

      expect(told).toEqual([]);
      expect(heard).toEqual([["error", { reason: "identify", field: undefined }]]);
    },
  );

  it("a number and half a sign are no reason to fail", async () => {
    identify({ phone: 79123456789, name: "В\ud83d" });
    site.widget.show();
    await settle();

    expect(told).toEqual([{ name: "В\ufffd", phone: "79123456789" }]);
  });

  it("is tried again until the server answers, and what was said last stands", async () => {
    refuse = (_, route) => (route === "identify" ? [503, error("unavailable")] : undefined);
    identify(VERA);
    site.widget.show();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told).toEqual([VERA, VERA, VERA]);
    refuse = () => undefined;

    identify({ name: "Верочка" });
    await vi.advanceTimersByTimeAsync(600_000);

    expect(told.slice(3)).toEqual([{ ...VERA, name: "Верочка" }]);
    expect(heard).toEqual([]);
  });

  it("what comes while the server is thinking is told after it", async () => {
    let answer = () => {};
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      const known = server(url, init);
      if (told.length === 1) await new Promise<void>((done) => (answer = done));
      return known;
    });
    identify({ name: "Вера" });
    site.widget.show();
    await settle();
    identify({ name: "Анна" });
    await settle();
    expect(told).toEqual([{ name: "Вера" }]);

    answer();
    await settle();

    expect(told).toEqual([{ name: "Вера" }, { name: "Анна" }]);
  });

  it("a page that may not show the inbox is not asked for ever", async () => {
    refuse = (_, route) => (route === "identify" ? [403, error("forbidden")] : undefined);
    identify(VERA);
    site.widget.show();
    await vi.advanceTimersByTimeAsync(600_000);

    expect(told).toEqual([VERA]);
    expect(heard).toEqual([["error", { reason: "identify", field: undefined }]]);
  });

  it("reset forgets it, and whoever comes next finds nothing of it", async () => {
    identify(VERA);
    site.widget.show();
    await settle();
    fillIn(site.widget);
    expect(readItem("messenger:demo:said")).not.toContain("Вера");

    obey(site, [["reset"]]);
    arrive();
    site.widget.show();
    await settle();

    expect(told).toEqual([VERA]);
    expect(readItem("messenger:demo:said")).toBeNull();
    expect(fields.value).toEqual({ name: "", email: "", phone: "" });
  });

  it("fills in the form for who is not there, unless somebody has typed", async () => {
    identify({ name: "Вера", email: "vera@example.ru" });
    site.widget.show();
    await settle();

    fillIn(site.widget);
    expect(fields.value).toEqual({ name: "Вера", email: "vera@example.ru", phone: "" });
    fields.value = { name: "Анна", email: "", phone: "" };
    fillIn(site.widget);
    expect(fields.value.name).toBe("Анна");
    obey(site, [["reset"]]);
  });
});
