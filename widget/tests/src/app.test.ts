import type { Message, VisitorConversation } from "@shared/wire";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Handover } from "../../loader/handover";
import { main } from "../../src/main";
import { files, soon } from "../../src/part";
import type { Widget } from "../../src/widget";
import {
  type Answers,
  conversation,
  FakeChannel,
  FakeSocket,
  installLocks,
  message,
  removeLocks,
  settle,
} from "../fakes";

/** A server with one visitor; `down` makes it refuse everything. */
class FakeServer {
  current: VisitorConversation | null = null;
  messages: Message[] = [];
  down: number | null = null;
  /** Takes the message in, and loses the answer. */
  losesAnswers = false;
  calls: { route: string; body: Record<string, unknown> }[] = [];
  generation = 0;

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const route = String(url).split("/widget/")[1] ?? "";
    const body = JSON.parse(String(init.body)) as Record<string, unknown>;
    this.calls.push({ route, body });
    if (this.down === 0) throw new TypeError("Failed to fetch");
    if (this.down !== null) return json(this.down, refusal());
    const token = (init.headers as Record<string, string>).Authorization;
    if (route === "bootstrap") return json(200, this.bootstrap());
    if (route === "refresh") return json(200, this.tokens());
    if (token !== `Bearer t${this.generation}`) return json(401, refusal());
    if (route === "send") {
      const answer = this.take(body);
      if (this.losesAnswers) throw new TypeError("Failed to fetch");
      return json(201, answer);
    }
    if (route === "poll") {
      const after = Number(body.after);
      const messages = this.messages.filter(({ seq }) => seq > after).slice(0, 100);
      return json(200, { messages, conversation: this.current });
    }
    if (route === "mark_read") {
      const now = this.current as VisitorConversation;
      this.current = { ...now, rev: now.rev + 1, visitor_read: Number(body.seq) };
      return json(200, { conversation: this.current });
    }
    if (route === "history") {
      const older = this.messages.filter(({ seq }) => seq < Number(body.before)).slice(-50);
      return json(200, { messages: older });
    }
    return json(200, { ticket: "ticket", url: "wss://api.example/ws" });
  };

  /** The same over a socket. */
  readonly speak: Answers = async ({ path, token, body }) => {
    const headers = { Authorization: `Bearer ${token}` };
    try {
      const response = await this.fetch(path, { headers, body: JSON.stringify(body) });
      return { status: response.status, body: await response.json() };
    } catch {
      return undefined;
    }
  };

  /** An operator writes; returns the frame that a socket would get. */
  say(body: string): object {
    return {
      type: "message",
      message: this.add({ direction: "out", body }),
      conversation: this.current,
    };
  }

  routes(): string[] {
    return this.calls.map(({ route }) => route);
  }

  private tokens() {
    this.generation += 1;
    return { visitor_token: `t${this.generation}`, refresh_token: `r${this.generation}` };
  }

  private bootstrap() {
    return {
      ...this.tokens(),
      inbox: {
        id: "demo",
        name: "North Shore",
        features: { realtime: true },
        appearance: { accent: null, side: "right", title: "", greeting: "" },
        photo: null,
        attachments: { enabled: true, max_bytes: 1_000, kinds: ["image"] },
      },
      conversation: this.current,
      messages: this.messages.slice(-50),
      operator: null,
      socket: { ticket: "ticket", url: "wss://api.example/ws" },
    };
  }

  private take(body: Record<string, unknown>) {
    this.current ??= conversation({ seq: 0, rev: 0 });
    const later = this.messages.slice(Number(body.after));
    const known = later.find(({ client_id }) => client_id === body.client_id);
    const taken =
      known ??
      this.add({
        direction: "in",
        body: String(body.body),
        client_id: String(body.client_id),
        author: { kind: "visitor", id: "v1", name: "" },
      });
    return { message: taken, conversation: this.current };
  }

  private add(more: Partial<Message>): Message {
    const now = this.current ?? conversation({ seq: 0, rev: 0 });
    const next = message(this.messages.length + 1, {
      created_at: new Date().toISOString(),
      ...more,
    });
    this.messages.push(next);
    this.current = { ...now, seq: next.seq, rev: now.rev + 1 };
    return next;
  }
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status });
}

function refusal() {
  return { error: { code: "invalid", message: "" } };
}

let server: FakeServer;
const widgets: Widget[] = [];

/** One tab; returns how to look into it. */
async function page(open = false) {
  // happy-dom cannot ask one shadow root for its focus while it is in another one.
  for (const { shadowRoot } of document.querySelectorAll(".host")) {
    for (const field of shadowRoot?.querySelectorAll<HTMLElement>("textarea, button") ?? []) {
      field.blur();
    }
  }
  const host = document.createElement("div");
  host.className = "host";
  document.body.append(host);
  const root = host.attachShadow({ mode: "open" });
  const handover: Handover = {
    src: "https://api.example/widget/loader.js",
    data: { inbox: "demo", api: "https://api.example/api/", lang: "en" },
    root,
    calls: open ? [["open"]] : [],
    fetch: () => {},
  };
  const widget = main(handover);
  widgets.push(widget);
  await draw();
  const all = (id: string) => [...root.querySelectorAll<HTMLElement>(`[data-testid=${id}]`)];
  return {
    root,
    widget,
    all,
    one: (id: string) => all(id)[0] as HTMLElement,
    thread: () =>
      all("message").map(
        (line) =>
          `${line.dataset.direction} ${line.dataset.state} ${line.querySelector(".bubble")?.textContent?.split(": ")[1]}`,
      ),
    write: async (text: string) => {
      const field = all("composer")[0] as HTMLTextAreaElement;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      await draw();
    },
    press: async (key: string, more: KeyboardEventInit = {}) => {
      const target = all("composer")[0] ?? all("dialog")[0];
      target?.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
      );
      await draw();
    },
  };
}

async function draw(): Promise<void> {
  await settle();
  await vi.advanceTimersByTimeAsync(50);
}

async function goLive(): Promise<FakeSocket> {
  FakeSocket.last.open();
  await draw();
  return FakeSocket.last;
}

beforeAll(async () => {
  soon.want();
  files.want();
  await vi.waitUntil(() => soon.module.value && files.module.value, 10_000);
});

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  FakeSocket.install();
  FakeChannel.install();
  installLocks();
  server = new FakeServer();
  FakeSocket.server = server.speak;
  vi.stubGlobal("fetch", server.fetch);
});

afterEach(() => {
  for (const widget of widgets.splice(0)) widget.stop();
  document.body.replaceChildren();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  removeLocks();
});

test("a page where nobody has written asks the server nothing until the dialog is opened", async () => {
  const tab = await page();
  await vi.advanceTimersByTimeAsync(600_000);
  expect(server.calls).toEqual([]);

  tab.one("launcher").click();
  await draw();

  expect(server.routes()).toEqual(["bootstrap"]);
  expect(tab.one("dialog").getAttribute("role")).toBe("dialog");
  expect(tab.root.textContent).toContain("How can we help?");
});

test("a message is pending until the server has acknowledged it, then sent with its seq", async () => {
  const tab = await page(true);
  await goLive();
  server.down = 503;
  await tab.write("Hello");
  await tab.press("Enter");
  expect(tab.thread()).toEqual(["in pending Hello"]);
  expect(tab.one("notice").dataset.kind).toBe("server");
  server.down = null;

  await vi.advanceTimersByTimeAsync(10_000);

  expect(tab.thread()).toEqual(["in sent Hello"]);
  expect(tab.one("message").dataset.seq).toBe("1");
  expect(tab.all("notice")).toEqual([]);
  expect((tab.one("composer") as HTMLTextAreaElement).value).toBe("");
});

test("an answer that was lost leaves no duplicate", async () => {
  const tab = await page(true);
  await goLive();
  server.losesAnswers = true;
  await tab.write("Once");
  await tab.press("Enter");
  await vi.advanceTimersByTimeAsync(5_000);
  server.losesAnswers = false;

  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.messages).toHaveLength(1);
  expect(tab.thread()).toEqual(["in sent Once"]);
});

test("a repeat says where it was first tried, whatever came since and after a reload", async () => {
  const tab = await page(true);
  const socket = await goLive();
  const say = async (text: string) => {
    await tab.write(text);
    await tab.press("Enter");
  };
  await say("one");
  socket.push(server.say("two"));
  await draw();
  server.down = 0;
  await say("three");
  await vi.advanceTimersByTimeAsync(1_000);
  tab.widget.stop();
  server.down = null;
  server.say("four");
  server.losesAnswers = true;
  await page(true);
  await vi.advanceTimersByTimeAsync(40_000);

  const tries = server.calls.filter(({ body }) => body.body === "three");
  expect(tries.length).toBeGreaterThan(1);
  for (const { body } of tries) expect(body).toMatchObject({ conversation_id: "c1", after: 2 });
  expect(server.messages.map(({ body }) => body)).toEqual(["one", "two", "four", "three"]);
});

test("own texts have one tick when they are stored and two when they were read", async () => {
  const tab = await page(true);
  const socket = await goLive();
  for (const text of ["one", "two"]) {
    await tab.write(text);
    await tab.press("Enter");
  }
  const ticks = async (unread: number) => {
    const rev = 9 - unread;
    socket.push({ type: "conversation", conversation: { ...server.current, rev, unread } });
    await draw();
    const label = tab.root.querySelector(".tick")?.getAttribute("aria-label");
    return [...tab.all("message").map(({ dataset }) => dataset.read), label];
  };

  expect(await ticks(2)).toEqual(["false", "false", "Sent"]);
  expect(await ticks(1)).toEqual(["true", "false", "Sent"]);
  expect(await ticks(0)).toEqual(["true", "true", "Read"]);
});

test("texts written without a network survive a reload and go out in order", async () => {
  server.down = 0;
  const before = await page(true);
  for (const text of ["one", "two", "three"]) {
    await before.write(text);
    await before.press("Enter");
  }
  await before.write("a draft");
  expect(before.thread()).toEqual(["in pending one", "in pending two", "in pending three"]);
  before.widget.stop();
  vi.clearAllTimers();
  server.down = null;

  const after = await page(true);
  await draw();

  expect(server.messages.map(({ body }) => body)).toEqual(["one", "two", "three"]);
  expect(after.thread()).toEqual(["in sent one", "in sent two", "in sent three"]);
  expect((after.one("composer") as HTMLTextAreaElement).value).toBe("a draft");
});

test("frames out of order, doubled and lost end in a whole thread", async () => {
  const tab = await page(true);
  const socket = await goLive();
  await tab.write("Hi");
  await tab.press("Enter");
  const [, second, third, lost, fifth] = ["?", "b", "c", "d", "e"].map((text) => server.say(text));

  socket.push(third as object);
  socket.push(second as object);
  socket.push(second as object);
  await draw();
  socket.push(fifth as object);
  await draw();

  expect(lost).toBeDefined();
  expect(tab.all("message").map((line) => Number(line.dataset.seq))).toEqual([1, 2, 3, 4, 5, 6]);
});

test("a push that never came is found by the next ping", async () => {
  const tab = await page(true);
  const socket = await goLive();
  await tab.write("Hi");
  await tab.press("Enter");
  server.say("you did not hear this");
  socket.answers = false;

  await vi.advanceTimersByTimeAsync(90_000);
  expect(socket.sent.at(-1)).toMatchObject({ type: "ping", revs: { c1: 1 } });
  socket.push({ type: "pong", conversations: [server.current] });
  await draw();

  expect(tab.thread()).toEqual(["in sent Hi", "out sent you did not hear this"]);
});

test("a gap is never claimed in a ping", async () => {
  await page(true);
  const socket = await goLive();
  server.say("one");
  const frame = server.say("two");
  server.down = 503;
  socket.push(frame);
  await draw();

  await vi.advanceTimersByTimeAsync(90_000);

  expect(socket.sent.at(-1)).toMatchObject({ revs: { c1: 0 } });
});

test("after a break everything missed is fetched, page by page", async () => {
  const tab = await page(true);
  const socket = await goLive();
  await tab.write("Hi");
  await tab.press("Enter");
  socket.cut();
  for (let count = 0; count < 230; count += 1) server.say(`text ${count}`);

  await vi.advanceTimersByTimeAsync(1_000);
  await goLive();
  await draw();

  expect(tab.all("message")).toHaveLength(231);
});

test("what comes while closed is counted, and seen once the dialog is open", async () => {
  const first = await page(true);
  await goLive();
  await first.write("Hi");
  await first.press("Enter");
  await first.press("Escape");
  expect(first.all("dialog")).toEqual([]);
  FakeSocket.last.push(server.say("one"));
  FakeSocket.last.push(server.say("two"));
  await draw();
  expect(first.one("badge").textContent).toBe("2");
  first.widget.stop();

  const reloaded = await page();
  await draw();
  expect(reloaded.one("badge").textContent).toBe("2");
  reloaded.one("launcher").click();
  await draw();

  expect(reloaded.all("badge")).toEqual([]);
  expect(JSON.parse(localStorage.getItem("messenger:demo:seen") ?? "")).toEqual({
    id: "c1",
    seq: 3,
  });
});

test("two tabs show the same, and each text is stored once", async () => {
  const one = await page(true);
  const two = await page(true);
  await one.write("from one");
  await one.press("Enter");
  await two.write("from two");
  await two.press("Enter");

  await vi.advanceTimersByTimeAsync(60_000);

  expect(server.messages.map(({ body }) => body)).toEqual(["from one", "from two"]);
  expect(one.thread()).toEqual(["in sent from one", "in sent from two"]);
  expect(two.thread()).toEqual(one.thread());
});

test("a text the server refuses turns red and waits for the person", async () => {
  const tab = await page(true);
  await goLive();
  server.down = 400;
  await tab.write("Hello");
  await tab.press("Enter");
  expect(tab.thread()).toEqual(["in failed Hello"]);
  server.down = null;

  tab.one("retry").click();
  await draw();

  expect(tab.thread()).toEqual(["in sent Hello"]);
});

test("a refused text can be taken back into the composer", async () => {
  const tab = await page(true);
  server.down = 400;
  await tab.write("Hello");
  await tab.press("Enter");
  await tab.write("and more");

  tab.one("edit").click();
  await draw();

  expect(tab.thread()).toEqual([]);
  expect((tab.one("composer") as HTMLTextAreaElement).value).toBe("and more\nHello");
});

test("its files are taken back with it, and go with the next one", async () => {
  const tab = await page(true);
  server.down = 400;
  const picture = { id: "f1", name: "a.png", type: "image/png", size: 10 };
  tab.widget.send("Hello", [{ ...picture, width: 1, height: 1, thumbnail: false }]);
  await draw();

  tab.one("edit").click();
  await draw();
  expect(tab.all("tray-item").map(({ dataset }) => dataset.state)).toEqual(["ready"]);
  server.down = null;
  await tab.press("Enter");

  const sent = server.calls.filter(({ route }) => route === "send").at(-1);
  expect(sent?.body).toMatchObject({ body: "Hello", attachments: ["f1"] });
  expect(tab.all("tray-item")).toEqual([]);
});

describe("a file that comes before the inbox is known", () => {
  const part = files.module;
  let taking: typeof part.value;
  beforeEach(() => {
    taking = part.value;
  });
  afterEach(() => {
    part.value = taking;
    vi.restoreAllMocks();
  });

  function given(tab: { one(id: string): HTMLElement }, how: "drop" | "paste"): Event {
    const carried = { files: [new File(["MZ"], "a.exe")], types: ["Files"] };
    const event = new Event(how, { bubbles: true, cancelable: true });
    Object.assign(event, how === "drop" ? { dataTransfer: carried } : { clipboardData: carried });
    tab.one("dialog").dispatchEvent(event);
    return event;
  }

  for (const how of ["drop", "paste"] as const) {
    test(`by ${how} it is kept, and treated as any when the settings are there`, async () => {
      server.down = 0;
      const tab = await page(true);
      expect(given(tab, how).defaultPrevented).toBe(true);
      await draw();
      expect(tab.all("tray-item")).toEqual([]);

      server.down = null;
      await vi.advanceTimersByTimeAsync(10_000);
      await draw();

      expect(tab.all("tray-item").map(({ dataset }) => dataset.fault)).toEqual(["type"]);
    });

    test(`by ${how} it is kept before the part is here that takes files`, async () => {
      part.value = null;
      vi.spyOn(files, "want").mockImplementation(() => {});
      const tab = await page(true);
      expect(given(tab, how).defaultPrevented).toBe(true);

      part.value = taking;
      await draw();

      expect(tab.all("tray-item").map(({ dataset }) => dataset.fault)).toEqual(["type"]);
    });
  }
});

test("too many requests: the person is told how long, and the text goes out by itself", async () => {
  const tab = await page(true);
  await goLive();
  server.down = 429;
  await tab.write("Hello");
  await tab.press("Enter");
  expect(tab.one("notice").textContent).toContain("10 s");
  server.down = null;

  await vi.advanceTimersByTimeAsync(3_000);
  await draw();
  expect(tab.one("notice").textContent).toMatch(/[67] s/);
  await vi.advanceTimersByTimeAsync(9_000);

  expect(tab.thread()).toEqual(["in sent Hello"]);
  expect(tab.all("notice")).toEqual([]);
});

test("over an open socket a text goes without a request", async () => {
  const tab = await page(true);
  await goLive();
  await tab.write("Hello");
  await tab.press("Enter");

  expect(tab.thread()).toEqual(["in sent Hello"]);
  expect(FakeSocket.last.sent.at(-1)).toMatchObject({ type: "call", path: "/widget/send" });
});

test.each([true, false])(
  "a silent socket: the text goes by a request, once (heard: %s)",
  async (heard) => {
    const tab = await page(true);
    await goLive();
    const speak: Answers = async (call) => {
      if (heard) await server.speak(call);
      return undefined;
    };
    FakeSocket.server = speak;
    await tab.write("Hello");
    await tab.press("Enter");
    expect(tab.thread()).toEqual(["in pending Hello"]);

    await vi.advanceTimersByTimeAsync(10_100);
    await draw();

    expect(tab.thread()).toEqual(["in sent Hello"]);
    expect(server.messages).toHaveLength(1);
  },
);

test("an expired token is renewed once, without the visitor noticing", async () => {
  const tab = await page(true);
  await goLive();
  server.generation += 1;
  await tab.write("Hello");
  await tab.press("Enter");

  expect(tab.thread()).toEqual(["in sent Hello"]);
  expect(server.routes().filter((route) => route === "refresh")).toHaveLength(1);
});

test("Enter sends, Shift+Enter and an input method do not, blank is refused", async () => {
  const tab = await page(true);
  await tab.write("   \n ");
  await tab.press("Enter");
  await tab.write("Hello");
  await tab.press("Enter", { shiftKey: true });
  await tab.press("Enter", { isComposing: true });
  expect(tab.thread()).toEqual([]);

  await tab.press("Enter");

  expect(tab.thread()).toEqual(["in sent Hello"]);
});

test("4,000 characters are counted as the server counts, and one more is not sent", async () => {
  const tab = await page(true);
  await tab.write("😀".repeat(3_999));
  expect(tab.one("counter").textContent).toContain("1");
  await tab.write("😀".repeat(4_001));
  await tab.press("Enter");
  expect(tab.thread()).toEqual([]);
  expect(tab.one("counter").className).toContain("over");

  await tab.write("😀".repeat(4_000));
  await tab.press("Enter");

  expect(server.messages).toHaveLength(1);
});

test("markup is text, addresses are links that take nothing along", async () => {
  const tab = await page(true);
  await goLive();
  FakeSocket.last.push(
    server.say('<img src=x onerror=alert(1)> https://a.example/"onclick=x javascript:alert(1)'),
  );
  await draw();

  const bubble = tab.one("message").querySelector(".bubble");
  const links = [...(bubble?.querySelectorAll("a") ?? [])];
  expect(bubble?.querySelector("img")).toBeNull();
  expect(links.map((link) => link.href)).toEqual(["https://a.example/"]);
  expect(links[0]?.rel).toBe("noopener noreferrer nofollow ugc");
});

test("older messages are fetched before the first one", async () => {
  for (let count = 0; count < 120; count += 1) server.say(`text ${count}`);
  const tab = await page(true);
  await draw();
  expect(tab.all("message")).toHaveLength(50);

  for (let press = 0; press < 2; press += 1) {
    tab.one("older").click();
    await draw();
  }

  expect(tab.all("message").map((line) => Number(line.dataset.seq))).toEqual(
    Array.from({ length: 120 }, (_, index) => index + 1),
  );
  expect(tab.all("older")).toEqual([]);
});

test("a new message of an operator is said once to screen readers, history is not", async () => {
  server.say("old");
  const tab = await page(true);
  await goLive();
  expect(tab.one("live").textContent).toBe("");

  FakeSocket.last.push(server.say("new"));
  await draw();

  expect(tab.one("live").textContent).toBe("Anna: new");
});

test("Escape gives the focus back to the launcher", async () => {
  const tab = await page(true);
  expect(tab.root.activeElement).toBe(tab.one("composer"));

  await tab.press("Escape");

  expect(tab.root.activeElement).toBe(tab.one("launcher"));
});

test("a blocked localStorage stops nothing", async () => {
  const blocked = () => {
    throw new DOMException("denied", "SecurityError");
  };
  for (const method of ["setItem", "getItem", "removeItem", "key"] as const) {
    vi.spyOn(Storage.prototype, method).mockImplementation(blocked);
  }
  const tab = await page(true);
  await tab.write("Hello");
  await tab.press("Enter");
  await vi.advanceTimersByTimeAsync(5_000);

  expect(tab.thread()).toEqual(["in sent Hello"]);
});

test("on the way to another colleague the visitor is told so, and then who answers", async () => {
  const tab = await page(true);
  const socket = await goLive();
  await tab.write("Hello");
  await tab.press("Enter");
  await draw();
  const known = server.current as VisitorConversation;
  const next = { ...known, rev: known.rev + 1, operator: { id: "oleg", name: "Oleg" } };

  socket.push({ type: "conversation", conversation: { ...next, handed_over: true } });
  await draw();
  expect(tab.one("notice").textContent).toBe("Handing you over to a colleague…");
  expect(tab.one("live").textContent).toContain("Handing you over");

  socket.push({ type: "conversation", conversation: { ...next, rev: next.rev + 1 } });
  await draw();
  expect(tab.all("notice")).toEqual([]);
  expect(tab.one("dialog").querySelector("h2")?.textContent).toBe("Oleg");
});
