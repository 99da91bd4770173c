import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { Delivery, Webhook } from "@shared/wire";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { setLanguage } from "../src/i18n/language";
import { queries } from "../src/queries";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import Settings from "../src/settings/Settings";
import { EVENTS } from "../src/settings/webhooks/words";
import { type Answer, type Asked, anna, at, refused, serve, startAsAnna } from "./samples";

vi.setConfig({ testTimeout: 20_000 });

const LIST = "/api/panel/inboxes/shop/webhooks";

const crm: Webhook = {
  id: "crm",
  inbox_id: "shop",
  url: "https://crm.example.com/in",
  events: ["message.in", "conversation.created"],
  enabled: true,
  created_at: at(0),
};

function delivery(seq: number, facts: Partial<Delivery> = {}): Delivery {
  return {
    event_id: `event-${seq}`,
    type: "message.in",
    conversation_id: "talk",
    seq,
    status: "delivered",
    attempts: [{ number: 1, at: at(seq), status: 204, duration_ms: 45, error: null }],
    next_attempt_at: null,
    created_at: at(seq),
    ...facts,
  };
}

/** Answers of the routes by "METHOD path"; whatever else is asked does not exist. */
function answering(
  more: Record<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>,
): Asked[] {
  const routes: typeof more = {
    "GET /api/panel/directory": [
      200,
      {
        branches: [],
        inboxes: [
          { id: "shop", name: "Shop" },
          { id: "help", name: "Help" },
        ],
        operators: [],
      },
    ],
    [`GET ${LIST}`]: [200, { webhooks: [crm] }],
    ...more,
  };
  return serve((asked) => {
    const answer = routes[`${asked.method} ${asked.path}`] ?? refused(404, "not_found");
    return typeof answer === "function" ? answer(asked) : answer;
  });
}

let root: Root;
let place: ReturnType<typeof memoryLocation>;

const all = (id: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)];
const find = (id: string) => all(id)[0] as HTMLElement;
const said = () => document.body.textContent ?? "";

function open(path = "/settings/webhooks/shop") {
  place = memoryLocation({ path, record: true });
  root.render(
    <MantineProvider env="test">
      <Notifications />
      <QueryClientProvider client={queries}>
        <Router hook={place.hook}>
          <Settings />
        </Router>
      </QueryClientProvider>
    </MantineProvider>,
  );
}

/** React renders in its own time, and a busy machine takes longer. */
const until = (check: () => void) => vi.waitFor(check, 10_000);

const see = (words: string) => until(() => expect(said()).toContain(words));
const count = (id: string, number: number) => until(() => expect(all(id)).toHaveLength(number));

async function click(id: string) {
  await until(() => expect(find(id)).toBeDefined());
  find(id).click();
}

async function type(id: string, text: string) {
  await until(() => expect(find(id)).toBeDefined());
  const field = find(id) as HTMLInputElement;
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set;
  setter?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function submit() {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  find("webhook-save").closest("form")?.dispatchEvent(event);
}

beforeEach(() => {
  startAsAnna();
  useSession.setState({ operator: { ...anna, role: "admin" } });
  setLanguage("en");
  tokens.adopt({ access: "token", refresh: "refresh" });
  queries.clear();
  const element = document.createElement("div");
  document.body.replaceChildren(element);
  root = createRoot(element);
});

afterEach(() => root.unmount());

describe("the list of webhooks", () => {
  it("shows address and events in words, of the first inbox when none is named", async () => {
    answering({});
    open("/settings/webhooks");
    await count("webhook", 1);
    expect(find("webhook").textContent).toContain(crm.url);
    expect(find("webhook").textContent).toContain("New conversationVisitor's message");
  });

  it("says when there are none", async () => {
    answering({ [`GET ${LIST}`]: [200, { webhooks: [] }] });
    open();
    await see("No webhooks yet");
  });

  it("says why they could not be loaded, and tries again", async () => {
    answering({ [`GET ${LIST}`]: refused(403, "forbidden") });
    open();
    await see("You may not do this");

    answering({});
    document.querySelector<HTMLElement>("[role=alert] button")?.click();
    await count("webhook", 1);
  });

  it("goes to another inbox, whose webhooks stand under an address of their own", async () => {
    answering({ "GET /api/panel/inboxes/help/webhooks": [200, { webhooks: [] }] });
    open();
    await count("webhook", 1);
    const choice = find("webhook-inbox") as HTMLSelectElement;
    choice.value = "help";
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    await see("No webhooks yet");
    expect(place.history?.at(-1)).toBe("/settings/webhooks/help");
  });

  it("offers no eleventh", async () => {
    const ten = Array.from({ length: 10 }, (_, number) => ({ ...crm, id: `w${number}` }));
    answering({ [`GET ${LIST}`]: [200, { webhooks: ten }] });
    open();
    await see("ten webhooks at most");
    expect(find("webhook-add").hasAttribute("disabled")).toBe(true);
  });
});

describe("adding", () => {
  const created = { webhook: { ...crm, id: "new", url: "https://a.example/x" }, secret: "whsec_1" };

  async function fill(url: string, ...unwanted: string[]) {
    open();
    await count("webhook", 1);
    await click("webhook-add");
    await type("webhook-url", url);
    for (const event of unwanted) await click(`event-${event}`);
    submit();
  }

  it("sends address and events, shows the secret once, and lists the webhook", async () => {
    const asked = answering({ [`POST ${LIST}`]: [201, created] });
    await fill("  https://a.example/x ", "message.out");
    await see("whsec_1");
    expect(asked.find(({ method }) => method === "POST")?.body).toEqual({
      url: "https://a.example/x",
      events: ["conversation.created", "message.in", "conversation.closed"],
    });

    await click("webhook-secret-done");
    await count("webhook", 2);
    await click("webhook-add");
    await count("webhook-url", 1);
    expect(said()).not.toContain("whsec_1");
  });

  it("asks nothing of the server while a field is wrong", async () => {
    const asked = answering({});
    await fill("example", ...EVENTS);
    await see("This is not a web address");
    expect(said()).toContain("Choose at least one event");
    expect(asked.some(({ method }) => method === "POST")).toBe(false);
  });

  it("shows the server's refusal of the address at the address", async () => {
    const detail = { code: "invalid", message: "private", field: "url" };
    answering({ [`POST ${LIST}`]: [400, { error: detail }] });
    await fill("https://10.0.0.1/");
    await see("The server does not accept this address");
    expect(find("webhook-url").getAttribute("aria-invalid")).toBe("true");
    expect(find("webhook-error").textContent).toBe("");
  });

  it("shows every other failure under the form, and looks whether it was added after all", async () => {
    const asked = answering({ [`POST ${LIST}`]: refused(503, "unavailable") });
    await fill("https://a.example/");
    await until(() => expect(find("webhook-error").textContent).toContain("The server is busy"));
    expect(asked.filter(({ method, path }) => method === "GET" && path === LIST)).toHaveLength(2);
  });
});

describe("changing", () => {
  const checked = () => (find("webhook-switch") as HTMLInputElement).checked;

  it("switches off", async () => {
    const off: Answer = [200, { webhook: { ...crm, enabled: false } }];
    const asked = answering({ [`PATCH ${LIST}/crm`]: off });
    open();
    await click("webhook-switch");
    await see("Nothing is sent");
    expect(find("webhook").dataset.enabled).toBe("false");
    expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({ enabled: false });
  });

  it("moves the switch at once, and back with a notice when the server refuses", async () => {
    let answer: (given: Answer) => void = () => {};
    const held = new Promise<Answer>((resolve) => {
      answer = resolve;
    });
    answering({ [`PATCH ${LIST}/crm`]: () => held });
    open();
    await click("webhook-switch");
    await until(() => expect(checked()).toBe(false));

    answer(refused(503, "unavailable"));
    await see("The server is busy");
    await until(() => expect(checked()).toBe(true));
  });

  it("edits what stands there", async () => {
    const asked = answering({
      [`PATCH ${LIST}/crm`]: ({ body }) => [200, { webhook: { ...crm, ...body } }],
    });
    open();
    await click("webhook-edit");
    await until(() => expect((find("webhook-url") as HTMLInputElement).value).toBe(crm.url));
    await type("webhook-url", "https://other.example/");
    submit();
    await see("https://other.example/");
    expect(asked.find(({ method }) => method === "PATCH")?.body).toEqual({
      url: "https://other.example/",
      events: crm.events,
    });
  });

  it("deletes after a confirmation", async () => {
    const asked = answering({ [`DELETE ${LIST}/crm`]: [200, {}] });
    open();
    await click("webhook-delete");
    await see("Delete this webhook?");
    expect(asked.some(({ method }) => method === "DELETE")).toBe(false);

    await click("confirm");
    await see("No webhooks yet");
  });
});

describe("deliveries", () => {
  const path = `${LIST}/crm/deliveries`;
  const failed = delivery(2, {
    status: "pending",
    attempts: [
      { number: 1, at: at(2), status: null, duration_ms: 15_000, error: "timeout" },
      { number: 2, at: at(3), status: 503, duration_ms: 80, error: "status" },
    ],
    next_attempt_at: at(8),
  });

  it("are listed with their state, and the reason why one did not arrive", async () => {
    answering({ [`GET ${path}`]: [200, { items: [failed, delivery(1)], next: null }] });
    open("/settings/webhooks/shop/crm");
    await count("delivery", 2);
    const [first, second] = all("delivery");
    expect(first?.querySelector("summary")?.textContent).toContain("The receiver answered 503");
    expect(first?.textContent).toContain("No answer within 15 seconds");
    expect(first?.textContent).toContain("Next attempt");
    expect(second?.dataset.status).toBe("delivered");
    expect(second?.textContent).toContain("Accepted with 204");
    expect(all("deliveries-more")).toEqual([]);
  });

  it("go on behind the first page", async () => {
    answering({
      [`GET ${path}`]: [200, { items: [delivery(2)], next: "a/b" }],
      [`GET ${path}?next=a%2Fb`]: [200, { items: [delivery(1)], next: null }],
    });
    open("/settings/webhooks/shop/crm");
    await click("deliveries-more");
    await count("delivery", 2);
    expect(all("deliveries-more")).toEqual([]);
  });

  it("keep what is listed when the next page fails, and try it again", async () => {
    answering({ [`GET ${path}`]: [200, { items: [delivery(2)], next: "b" }] });
    open("/settings/webhooks/shop/crm");
    await click("deliveries-more");
    await see("The deliveries could not be loaded");
    expect(all("delivery")).toHaveLength(1);
  });

  it("say that nothing has been sent yet", async () => {
    answering({ [`GET ${path}`]: [200, { items: [], next: null }] });
    open("/settings/webhooks/shop/crm");
    await see("Nothing has been sent yet");
  });

  it("are not looked for when the webhook is gone", async () => {
    const asked = answering({});
    open("/settings/webhooks/shop/other");
    await see("There is no such webhook");
    expect(asked.some((each) => each.path.includes("deliveries"))).toBe(false);
  });
});
