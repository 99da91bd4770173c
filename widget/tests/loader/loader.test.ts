import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Call } from "../../loader/handover";

let script: HTMLScriptElement;
let state: DocumentReadyState;
let listening: [string, EventListener][];

/** The loader runs where its script tag stands. */
async function run(data: Record<string, string> = { inbox: "demo" }): Promise<void> {
  script = document.createElement("script");
  Object.assign(script.dataset, data);
  Object.defineProperty(script, "src", { value: "https://chat.example/w/loader.js" });
  vi.spyOn(document, "currentScript", "get").mockReturnValue(script);
  vi.resetModules();
  await import("../../loader/loader");
}

function aMomentLater(): void {
  vi.advanceTimersByTime(99);
}

function finishLoading(): void {
  state = "complete";
  window.dispatchEvent(new Event("load"));
  aMomentLater();
}

const host = () => document.getElementById("messenger-widget");
const root = () => host()?.shadowRoot as ShadowRoot;
const button = () => root().querySelector("button") as HTMLButtonElement;
const handover = () => window.Messenger?.handover;
const apps = () => [...(root()?.querySelectorAll("script") ?? [])].map((app) => app.src);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  window.Messenger = undefined;
  document.body.replaceChildren();
  state = "loading";
  vi.spyOn(document, "readyState", "get").mockImplementation(() => state);
  listening = [];
  const listen = window.addEventListener.bind(window);
  vi.stubGlobal("addEventListener", (type: string, listener: EventListener, more?: object) => {
    listening.push([type, listener]);
    listen(type, listener, more);
  });
});

afterEach(() => {
  for (const [type, listener] of listening) window.removeEventListener(type, listener);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("before load and a moment more it does nothing at all", async () => {
  await run({ inbox: "demo", loadAfter: "0" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(host()).toBeNull();

  window.dispatchEvent(new Event("load"));
  expect(host()).toBeNull();
  aMomentLater();

  expect(host()).not.toBeNull();
});

test("then it draws the launcher, and asks for nothing until somebody comes near", async () => {
  await run();
  finishLoading();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(button().dataset.testid).toBe("launcher");
  expect(apps()).toEqual([]);
});

test.each(["pointerenter", "focus", "pointerdown", "click"])(
  "%s brings the app from beside the loader, once",
  async (event) => {
    await run();
    finishLoading();

    button().dispatchEvent(new Event(event));
    button().dispatchEvent(new Event(event));

    expect(apps()).toEqual(["https://chat.example/w/widget.js"]);
    const opens = event === "click" || event === "pointerdown";
    expect(handover()?.calls).toEqual(opens ? [["open"], ["open"]] : []);
  },
);

test("a page that enforces Trusted Types is given addresses from one policy", async () => {
  const createPolicy = vi.fn(() => ({ createScriptURL: (url: string) => `${url}#trusted` }));
  vi.stubGlobal("trustedTypes", { createPolicy });
  await run();
  finishLoading();

  button().click();
  handover()?.fetch("soon.js", () => {});

  expect(apps()).toEqual([
    "https://chat.example/w/widget.js#trusted",
    "https://chat.example/w/soon.js#trusted",
  ]);
  expect(createPolicy).toHaveBeenCalledTimes(1);
});

test("the button has the company's colour and corner at once", async () => {
  await run({ inbox: "demo", accent: "#0a7d33", side: "left" });
  finishLoading();

  const { background, insetInline } = button().style;

  expect([background, insetInline]).toEqual(["#0a7d33", "20px auto"]);
});

test("scrolling brings it where the page says so", async () => {
  await run();
  finishLoading();
  window.dispatchEvent(new Event("scroll"));
  expect(apps()).toEqual([]);

  document.body.replaceChildren();
  await run({ inbox: "demo", loadOnScroll: "" });
  finishLoading();

  window.dispatchEvent(new Event("scroll"));

  expect(apps()).toHaveLength(1);
});

test.each(["open", "toggle"])(
  "the page's %s brings it, and what was said before the loader came waits",
  async (command) => {
    const early = (...call: Call) => void early.q.push(call);
    early.q = [] as Call[];
    window.Messenger = early;
    window.Messenger("on", "ready");
    await run();
    finishLoading();
    expect(apps()).toEqual([]);

    window.Messenger(command);

    expect(apps()).toHaveLength(1);
    expect(handover()?.calls).toEqual([["on", "ready"], [command]]);
  },
);

test("a page that is never idle has its launcher, too", async () => {
  vi.stubGlobal("requestIdleCallback", () => 0);
  await run();
  finishLoading();

  expect(host()).not.toBeNull();
});

test("data-load-after brings it after that many seconds", async () => {
  await run({ inbox: "demo", loadAfter: "3" });
  finishLoading();
  await vi.advanceTimersByTimeAsync(2_900);
  expect(apps()).toEqual([]);

  await vi.advanceTimersByTimeAsync(200);

  expect(apps()).toHaveLength(1);
});

test("a conversation of an earlier page brings it at once", async () => {
  localStorage.setItem("messenger:demo:seen", '{"id":"c1","seq":1}');
  await run();
  finishLoading();

  expect(apps()).toHaveLength(1);
});

test("an app that did not arrive may be asked for again", async () => {
  await run();
  finishLoading();
  button().click();
  const failed = root().querySelector("script");

  failed?.dispatchEvent(new Event("error"));
  button().click();

  expect(apps()).toHaveLength(2);
});

test("it hands over what the script tag says", async () => {
  await run();
  finishLoading();
  expect(handover()).toMatchObject({
    src: "https://chat.example/w/loader.js",
    data: { inbox: "demo" },
  });

  document.body.replaceChildren();
  await run({ inbox: "shop", api: "https://api.example/api/", lang: "ru" });
  finishLoading();

  expect(handover()).toMatchObject({
    data: { inbox: "shop", api: "https://api.example/api/", lang: "ru" },
  });
  expect(button().title).toBe("Открыть диалог");
});

test("twice on a page, or without an inbox, there is one launcher or none", async () => {
  await run({});
  finishLoading();
  expect(host()).toBeNull();

  await run();
  await run();
  aMomentLater();

  expect(document.querySelectorAll("#messenger-widget")).toHaveLength(1);
});

test("a blocked localStorage stops nothing", async () => {
  vi.stubGlobal(
    "localStorage",
    new Proxy(
      {},
      {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    ),
  );
  await run();
  finishLoading();

  expect(button()).toBeTruthy();
});
