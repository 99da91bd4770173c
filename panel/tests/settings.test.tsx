import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { translator } from "@shared/i18n";
import type {
  BranchSettings,
  Settings as Company,
  InboxSettings,
  OperatorRecord,
} from "@shared/wire";
import { QueryClientProvider } from "@tanstack/react-query";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { setLanguage } from "../src/i18n/language";
import { queries } from "../src/queries";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import { en, ru } from "../src/settings/i18n/text";
import { durationOf, secondsOf } from "../src/settings/inboxes/duration";
import { check, factsOf, toSend } from "../src/settings/inboxes/facts";
import { siteFault } from "../src/settings/inboxes/sites";
import { found } from "../src/settings/operators/data";
import { looksLikeAddress } from "../src/settings/rules/address";
import Settings from "../src/settings/Settings";
import { zoneLabel } from "../src/settings/zones";
import { type Answer, type Asked, anna, refused, serve, startAsAnna } from "./samples";

vi.setConfig({ testTimeout: 20_000 });

const ekb: BranchSettings = {
  id: "ekb",
  name: "Yekaterinburg",
  time_zone: "Asia/Yekaterinburg",
  neighbours: ["msk", "spb"],
  hours: null,
};
const msk = { ...ekb, id: "msk", name: "Moscow", time_zone: "Europe/Moscow", neighbours: [] };
const spb = { ...msk, id: "spb", name: "Petersburg" };

const shop: InboxSettings = {
  id: "shop",
  name: "Shop",
  branch_id: null,
  members: [],
  escalate_after: 240,
  alert_after: 600,
  time_zone: "UTC",
  hours: null,
  offline_text: { ru: "", en: "" },
  allowed_domains: [],
  features: { realtime: true },
  captcha: "off",
  auto_reply: { on: false, ru: "", en: "" },
  appearance: {
    accent: null,
    side: "right",
    title_ru: "",
    title_en: "",
    greeting_ru: "",
    greeting_en: "",
  },
  attachments: { enabled: true, max_bytes: 10_000_000, kinds: ["image"] },
  offline: false,
  rating: null,
  photo: null,
  embed: '<script data-inbox="shop"></script>',
};

const company: Company = {
  branches: [ekb, msk, spb],
  default_branch_id: "ekb",
  rules: [
    {
      scope: "subdivision",
      place: "RU-MOW",
      names: { en: "Moscow", ru: "Москва" },
      branch_id: "msk",
    },
  ],
  inboxes: [shop],
};

const oleg: OperatorRecord = {
  id: "oleg",
  name: "Oleg",
  email: "oleg@example.com",
  role: "operator",
  branch_id: "ekb",
  capacity: 10,
  active: true,
  invited: false,
  photo: null,
};

type Routes = Record<string, Answer | ((asked: Asked) => Answer | Promise<Answer>)>;

/** Answers of the routes by "METHOD path"; whatever else is asked does not exist. */
function answering(more: Routes = {}): Asked[] {
  const routes: Routes = {
    "GET /api/settings": [200, company],
    "GET /api/settings/operators": [200, { operators: [oleg] }],
    "POST /api/settings/hours_preview": [200, { open: true, changes_at: null }],
    "GET /api/panel/directory": [
      200,
      { branches: [], inboxes: [], operators: [{ ...oleg, presence: "away", open: 2 }] },
    ],
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
const value = (id: string) => (find(id) as HTMLInputElement).value;

/** React renders in its own time, and a busy machine takes longer. */
const until = (check: () => void) => vi.waitFor(check, 10_000);
const see = (words: string) => until(() => expect(said()).toContain(words));
const count = (id: string, number: number) => until(() => expect(all(id)).toHaveLength(number));
const sent = (asked: Asked[], method: string) => asked.filter((each) => each.method === method);

function open(path: string) {
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
  find("settings-form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
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

afterEach(() => {
  root.unmount();
  useSession.setState({ status: "signed_out" }); // drafts are somebody's
});

describe("branches", () => {
  it("are what the settings begin with, with those who work there", async () => {
    answering();
    open("/settings");
    await count("branch", 3);
    await see("1 operator");
    expect(place.history).toEqual(["/settings/branches"]);
    await see("Always open");
  });

  it("say why they could not be loaded, and try again", async () => {
    answering({ "GET /api/settings": refused(403, "forbidden") });
    open("/settings/branches");
    await see("You may not do this");

    answering();
    document.querySelector<HTMLElement>("[role=alert] button")?.click();
    await count("branch", 3);
  });

  it("are saved as they are edited, once for two clicks", async () => {
    let answer: (given: Answer) => void = () => {};
    const held = new Promise<Answer>((resolve) => {
      answer = resolve;
    });
    const asked = answering({ "PATCH /api/settings/branches/ekb": () => held });
    open("/settings/branches/ekb");
    await type("branch-name", "  Urals ");
    await click("neighbour-down");
    submit();
    submit();
    answer([200, { branch: { ...ekb, name: "Urals", neighbours: ["spb", "msk"] } }]);
    await see("Saved");
    expect(sent(asked, "PATCH").map(({ body }) => body)).toEqual([
      {
        name: "Urals",
        time_zone: "Asia/Yekaterinburg",
        neighbours: ["spb", "msk"],
        hours: null,
      },
    ]);
    await until(() => expect(value("branch-name")).toBe("Urals"));
    expect(all("form-discard")).toEqual([]);
  });

  it("ask nothing of the server while a field is wrong, and show which", async () => {
    const asked = answering();
    open("/settings/branches/new");
    await type("branch-name", " ");
    submit();
    await see("Fill in the name");
    await until(() => expect(document.activeElement).toBe(find("branch-name")));
    expect(asked.some(({ path }) => path === "/api/settings/branches")).toBe(false);
  });

  it("keep what was changed while one looks elsewhere", async () => {
    answering();
    open("/settings/branches/msk");
    await type("branch-name", "Capital");
    await until(() => expect(value("branch-name")).toBe("Capital"));
    place.navigate("/settings/branches");
    await see("Your changes are not saved yet");
    const leaving = new Event("beforeunload", { cancelable: true });
    expect(dispatchEvent(leaving)).toBe(false);

    place.navigate("/settings/branches/msk");
    await until(() => expect(value("branch-name")).toBe("Capital"));
    await click("form-discard");
    await until(() => expect(value("branch-name")).toBe("Moscow"));
    expect(dispatchEvent(new Event("beforeunload", { cancelable: true }))).toBe(true);
  });

  it("show the server's refusal at its field", async () => {
    const detail = { code: "invalid", message: "no", field: "time_zone" };
    answering({ "PATCH /api/settings/branches/msk": [400, { error: detail }] });
    open("/settings/branches/msk");
    await type("branch-name", "Capital");
    submit();
    await see("The server does not accept this");
    expect(find("time-zone").getAttribute("aria-invalid")).toBe("true");
    expect(value("branch-name")).toBe("Capital");
  });

  it("tell what they are needed for before anybody deletes them", async () => {
    const asked = answering();
    open("/settings/branches/msk");
    await click("branch-delete");
    await see("1 region rule");
    expect(all("confirm")).toEqual([]);
    expect(sent(asked, "DELETE")).toEqual([]);
  });

  it("are deleted after a confirmation, unless the server knows a use", async () => {
    answering({ "DELETE /api/settings/branches/spb": refused(409, "in_use") });
    open("/settings/branches/spb");
    await click("branch-delete");
    await click("confirm");
    await see("still in use");

    answering({
      "DELETE /api/settings/branches/spb": [200, {}],
      "GET /api/settings": [200, { ...company, branches: [ekb, msk] }],
    });
    await click("confirm");
    await count("branch", 2);
    expect(place.history?.at(-1)).toBe("/settings/branches");
  });
});

describe("region rules", () => {
  it("are listed in words, the default branch last", async () => {
    answering();
    open("/settings/rules");
    await count("rule", 1);
    expect(find("rule").textContent).toContain("MoscowRegionRU-MOW");
    expect(find("rule-else").textContent).toContain("Everywhere else");
    expect(find("rule-else").textContent).toContain("Yekaterinburg");
  });

  it("are deleted at once", async () => {
    const asked = answering({ "DELETE /api/settings/rules/subdivision/RU-MOW": [200, {}] });
    open("/settings/rules");
    await click("rule-delete");
    await see("No rules yet");
    expect(sent(asked, "DELETE")).toHaveLength(1);
  });

  it("are tried with an address", async () => {
    const route = {
      place: { country: "RU", subdivision: "RU-MOW", city: null, names: {}, time_zone: null },
      branch_id: "msk",
      reason: "subdivision",
      rule: "RU-MOW",
    };
    const asked = answering({ "POST /api/settings/route_test": [200, route] });
    open("/settings/rules");
    await type("test-address", "31.173.80.1");
    find("route-test").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await until(() => expect(find("test-found").textContent).toContain("Moscow (Region)"));
    expect(asked.find(({ path }) => path.endsWith("route_test"))?.body).toEqual({
      inbox_id: "shop",
      address: "31.173.80.1",
    });
  });
});

describe("operators", () => {
  it("get a link that is shown once", async () => {
    const asked = answering({
      "POST /api/settings/operators/oleg/invitation": [
        200,
        { invitation_url: "https://x/#/join/1" },
      ],
    });
    open("/settings/operators/oleg");
    await click("operator-link");
    await see("https://x/#/join/1");
    await click("invitation-done");
    await until(() => expect(all("invitation")).toEqual([]));
    expect(sent(asked, "POST").filter(({ path }) => path.includes("invitation"))).toHaveLength(1);
  });

  it("are deactivated after it was told what becomes of their conversations", async () => {
    const asked = answering({
      "PATCH /api/settings/operators/oleg": [200, { operator: { ...oleg, active: false } }],
    });
    open("/settings/operators/oleg");
    await click("operator-deactivate");
    await see("2 open conversations go back to distribution");
    await click("confirm");
    await count("operator-activate", 1);
    expect(sent(asked, "PATCH")[0]?.body).toEqual({ active: false });
  });

  it("need a branch", async () => {
    const asked = answering();
    open("/settings/operators/new");
    await type("operator-name", "Nina");
    await type("operator-email", "nina@example.com");
    submit();
    await see("An operator belongs to a branch");
    await until(() => expect(document.activeElement).toBe(find("operator-branch")));
    expect(asked.some(({ path, method }) => method === "POST" && /operators$/.test(path))).toBe(
      false,
    );
  });

  it("need an address that nobody has; the only branch is theirs", async () => {
    const detail = { code: "email_taken", message: "no", field: "email" };
    const asked = answering({
      "GET /api/settings": [200, { ...company, branches: [ekb] }],
      "POST /api/settings/operators": [409, { error: detail }],
    });
    open("/settings/operators/new");
    await type("operator-name", "Nina");
    await type("operator-email", "oleg@example.com");
    submit();
    await see("Somebody has this e-mail already");
    expect(sent(asked, "POST").find(({ path }) => /operators$/.test(path))?.body).toEqual({
      name: "Nina",
      email: "oleg@example.com",
      role: "operator",
      branch_id: "ekb",
      capacity: 10,
    });
  });

  it("are found by name, address and branch", () => {
    const nina = { ...oleg, id: "nina", name: "Nina", email: "n@example.com", branch_id: null };
    expect(found([oleg, nina], " OLEG@ ", undefined)).toEqual([oleg]);
    expect(found([oleg, nina], "", "ekb")).toEqual([oleg]);
    expect(found([oleg, nina], "", null)).toEqual([nina]);
  });
});

describe("an inbox", () => {
  const t = translator("en", en, ru);

  it("goes to the server as it came", () => {
    const {
      id: _,
      photo: __,
      embed: ___,
      ...facts
    } = { ...shop, allowed_domains: ["a.example", "*.b.example"] };
    expect(toSend(factsOf({ ...shop, allowed_domains: facts.allowed_domains }))).toEqual(facts);
  });

  it("is checked field by field", () => {
    const wrong = {
      ...factsOf(shop),
      name: " ",
      escalate_after: { minutes: "0", seconds: "5" },
      alert_after: { minutes: "x", seconds: "" },
      allowed_domains: "shop.example\nnot a site",
    };
    expect(Object.keys(check(t, wrong))).toEqual([
      "name",
      "escalate_after",
      "alert_after",
      "allowed_domains",
    ]);
    expect(check(t, wrong).allowed_domains).toContain("not a site");
    expect(check(t, factsOf(shop))).toEqual({});
  });

  it("shows its code and saves a changed time", async () => {
    const asked = answering({
      "PATCH /api/settings/inboxes/shop": ({ body }) => [200, { inbox: { ...shop, ...body } }],
    });
    open("/settings/inboxes/shop");
    await see('<script data-inbox="shop"></script>');
    await type("inbox-escalate-minutes", "1");
    await type("inbox-escalate-seconds", "30");
    submit();
    await see("Saved");
    expect(sent(asked, "PATCH")[0]?.body.escalate_after).toBe(90);
  });

  it.each([
    [240, { minutes: "4", seconds: "00" }],
    [75, { minutes: "1", seconds: "15" }],
  ])("times of %d seconds stand in two fields", (seconds, duration) => {
    expect(durationOf(seconds)).toEqual(duration);
    expect(secondsOf(duration)).toBe(seconds);
  });

  it.each(["shop.example", "http://localhost:8080", "*.shop.example", "магазин.рф"])(
    "may be shown on %s",
    (line) => expect(siteFault(line)).toBe(false),
  );

  it.each(["a b", "https://shop.example/path", "*.com", "*", "ftp://x.example"])(
    "cannot be shown on %s",
    (line) => expect(siteFault(line)).toBe(true),
  );
});

describe("an IP address", () => {
  it.each(["31.173.80.1", "2a02:6b8::2", " 10.0.0.1 "])("%j is one", (address) =>
    expect(looksLikeAddress(address)).toBe(true),
  );
  it.each(["", "1.2.3", "256.1.1.1", "example.com", "::::"])("%j is none", (address) =>
    expect(looksLikeAddress(address)).toBe(false),
  );
});

describe("a time zone", () => {
  it("is called by its city and offset", () => {
    expect(zoneLabel("Asia/Yekaterinburg", "ru")).toBe("Екатеринбург, UTC+5");
    expect(zoneLabel("Asia/Ust-Nera", "en")).toBe("Ust-Nera, UTC+10");
    expect(zoneLabel("UTC", "ru")).toBe("UTC");
  });
});
