import type {
  Assignment,
  Considered,
  Conversation,
  HistoryEntry,
  Team,
  TeamMember,
} from "@shared/wire";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rows } from "../src/conversations/listing";
import { loadLists, loadListsAnew, loadTab } from "../src/conversations/load";
import { left, ringing } from "../src/conversations/mine";
import { watchMine } from "../src/conversations/movedOn";
import {
  conversationOf,
  receiveConversations,
  receivePage,
  useConversations,
} from "../src/conversations/store";
import { eventWords, noteFor, shownTo } from "../src/details/events";
import { setLanguage, text } from "../src/i18n/language";
import * as notices from "../src/parts/notify";
import { clockOf, shareLeft } from "../src/parts/remaining";
import { inOrder, whySentence } from "../src/parts/why";
import { queries } from "../src/queries";
import { narrowed } from "../src/realtime/clock";
import { receiveFrame } from "../src/realtime/frames";
import { useSession } from "../src/session/store";
import { tokens } from "../src/session/tokens";
import { being, found, freeOf, hoursWords, inReach, shares } from "../src/team/crew";
import { en, ru, teamText } from "../src/team/i18n";
import { maySee, mayTakeOver, mayTransfer } from "../src/threads/allowed";
import { anna, at, conversation, queued, refused, serve, startAsAnna } from "./samples";

const oleg = { id: "oleg", name: "Олег" };
const elena = { ...anna, id: "elena", name: "Елена", role: "supervisor" as const, branch_id: null };

afterEach(() => setLanguage("en"));

describe("why this operator", () => {
  const of = (id: string, open: number, standing: Considered["standing"] = "eligible") => ({
    id,
    name: id === "oleg" ? "Олег" : id,
    open,
    standing,
  });
  const assignment = (
    considered: Considered[],
    cause: Assignment["cause"] = "routed",
  ): Assignment => ({ operator: oleg, assigned_at: at(0), cause, considered });

  it("tells how many could take it, their loads, and that chance decided between equals", () => {
    const given = assignment([of("a", 2), of("oleg", 1), of("b", 1), of("c", 9, "full")]);
    expect(whySentence(text(), given)).toBe(
      "3\u00a0operators could take it, with 1/1/2 open. Олег was drawn from the 2\u00a0least busy ones.",
    );
    setLanguage("ru");
    expect(whySentence(text(), given)).toBe(
      "Взять могли 3\u00a0оператора, открытых диалогов у них: 1/1/2. Наименее заняты 2, случайно выбран один: Олег.",
    );
  });

  it("tells who had the fewest, and who got back what they had before", () => {
    const fewest = assignment([of("oleg", 0), of("a", 3)]);
    expect(whySentence(text(), fewest)).toMatch(/with 0\/3 open\. Олег had the fewest\.$/);
    const again = assignment([of("oleg", 3), of("a", 0)]);
    expect(whySentence(text(), again)).toMatch(/Олег had it before and got it back\.$/);
  });

  it("tells when there was no choice", () => {
    const alone = assignment([of("oleg", 1), of("a", 0, "away")], "escalated");
    expect(whySentence(text(), alone)).toBe(
      "It was not opened in time and moved on. Nobody else could take it at that moment.",
    );
  });

  it("names the people where people decided", () => {
    expect(whySentence(text(), assignment([], "claimed"))).toBe("Олег took it from the queue.");
    expect(whySentence(text(), assignment([], "taken_over"))).toContain("as a supervisor");
    expect(whySentence(text(), assignment([], "transferred"), "Анна")).toBe(
      "Анна handed it over to Олег by name.",
    );
  });

  it("lists the chosen one first, then who else could have it, then the others", () => {
    const given = assignment([of("x", 0, "away"), of("a", 2), of("oleg", 1), of("b", 1)]);
    expect(inOrder(given).map(({ id }) => id)).toEqual(["oleg", "b", "a", "x"]);
  });
});

const entry = (facts: Partial<HistoryEntry>): HistoryEntry => ({
  at: at(1),
  action: "assigned",
  actor: null,
  cause: "routed",
  from_operator: null,
  to_operator: oleg,
  from_branch_id: "ekb",
  to_branch_id: "ekb",
  note: null,
  score: null,
  ...facts,
});

describe("the history", () => {
  const by = { kind: "operator" as const, id: "anna", name: "Анна" };
  const branch = (id: string | null) => `branch ${id}`;

  it("has words for everything that happens", () => {
    const said = (facts: Partial<HistoryEntry>) => eventWords(text(), entry(facts), branch);
    expect(said({})).toBe("Given to Олег");
    expect(said({ cause: "escalated" })).toBe("Not opened in time, moved on to Олег");
    expect(said({ cause: "transferred", actor: by })).toBe("Анна handed it over to Олег");
    expect(said({ action: "queued", cause: "transferred", actor: by, to_branch_id: "msk" })).toBe(
      "Анна handed it over to branch msk",
    );
    expect(said({ action: "queued", cause: "nobody_left" })).toContain("Nobody was left");
    expect(said({ action: "queued", cause: "released", from_operator: oleg })).toContain("Олег");
    expect(said({ action: "alerted", cause: "unanswered" })).toContain("gets no answer");
    expect(said({ action: "looked", actor: by })).toBe("Анна looked in");
  });

  it("keeps looks from operators", () => {
    const looked = entry({ action: "looked", actor: by });
    expect(shownTo(false, [looked, entry({})])).toEqual([entry({})]);
    expect(shownTo(true, [looked])).toEqual([looked]);
  });

  it("brings a colleague's note to whoever gets it, however it came there", () => {
    const handed = entry({ cause: "transferred", note: "Paid twice", actor: by });
    const toBranch = entry({ action: "queued", cause: "transferred", note: "To you", actor: by });
    expect(noteFor([handed])).toBe(handed);
    expect(noteFor([entry({ action: "looked" }), entry({ cause: "routed" }), toBranch])).toBe(
      toBranch,
    );
    expect(noteFor([entry({ cause: "escalated" }), handed])).toBe(handed);
  });

  it("does not bring it again after somebody has had the conversation", () => {
    const handed = entry({ cause: "transferred", note: "Paid twice" });
    expect(noteFor([entry({ cause: "transferred" }), handed])).toBeNull();
    expect(noteFor([entry({ action: "queued", cause: "reopened" }), handed])).toBeNull();
    expect(noteFor([entry({ cause: "taken_over" }), handed])).toBeNull();
  });
});

describe("the countdown", () => {
  it("shows begun seconds, and nothing below zero", () => {
    expect([239_001, 60_000, 6_400, 1, 0, -5].map(clockOf)).toEqual([
      "4:00",
      "1:00",
      "0:07",
      "0:01",
      "0:00",
      "0:00",
    ]);
    expect([0, 50, 100, 200].map((now) => shareLeft(0, 100, now))).toEqual([1, 0.5, 0, 0]);
  });

  it("learns the server's clock from the seconds that answers name, closer with each", () => {
    const anything = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
    // The server is 10,300 ms ahead; answers take 100 ms.
    const answers = [200, 350, 650, 900].map((ours) => {
      const theirs = ours + 50 + 10_300;
      return [theirs - (theirs % 1000), ours, ours + 100] as const;
    });
    let known = anything;
    for (const [date, asked, heard] of answers) known = narrowed(known, date, asked, heard);
    expect(known.least).toBeLessThanOrEqual(10_300);
    expect(known.most).toBeGreaterThanOrEqual(10_300);
    expect(known.most - known.least).toBeLessThanOrEqual(600);
  });

  it("begins anew when a clock was set", () => {
    const before = { least: 10_000, most: 10_200 };
    expect(narrowed(before, 5_000, 5_000, 5_100)).toEqual({ least: -100, most: 1_000 });
  });
});

describe("what rings", () => {
  it("is what waits to be opened, the soonest first", () => {
    const mine = [
      conversation("opened"),
      conversation("later", { escalates_at: at(9) }),
      conversation("sooner", { escalates_at: at(4) }),
    ];
    expect(ringing(mine).map(({ id }) => id)).toEqual(["sooner", "later"]);
  });

  it("has moved on when it is somebody's and not ours, not when it was closed", () => {
    const before = [conversation("a"), conversation("b")];
    const later = new Map([["b", conversation("b", { status: "resolved" })]]);
    expect(left(before, [], later).map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("a conversation that leaves", () => {
  const own = conversation("a", { escalates_at: at(4) });
  const page = (items = [own]) => ({ items, next: null, list_rev: 1 });
  let told: string[];
  let stop: () => void;

  beforeEach(() => {
    startAsAnna();
    tokens.adopt({ access: "token", refresh: "refresh" });
    told = [];
    vi.spyOn(notices, "notify").mockImplementation((message) => void told.push(message));
    vi.useFakeTimers({ now: Date.parse(at(1)), toFake: ["Date"] });
    receivePage("mine", page(), "first");
    stop = watchMine();
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
  });

  it("names the colleague who has it now", () => {
    vi.setSystemTime(Date.parse(at(4)));
    receiveConversations(conversation("a", { rev: 2, assignee: oleg, escalates_at: at(8) }));
    expect(told).toEqual(["Not opened in time: Visitor TACTA went to Олег"].map(said));
  });

  const moved = { conversation_id: "a", rev: 2, operator: oleg, branch_id: "ekb" };

  it("is told of by a frame that names who has it, and asks nothing", () => {
    const asked = serve(() => refused(404, "not_found"));
    receiveFrame({ type: "list", moved });
    expect(told).toEqual(["Visitor TACTA is with Олег now"].map(said));
    expect(asked).toEqual([]);
  });

  it("names the branch where it is another one", () => {
    queries.setQueryData(["directory"], { branches: [{ id: "msk", name: "Moscow" }] });
    receiveFrame({ type: "list", moved: { ...moved, operator: null, branch_id: "msk" } });
    receiveConversations(conversation("a", { rev: 3 }));
    receiveFrame({ type: "list", moved: { ...moved, rev: 4, branch_id: "msk" } });
    expect(told).toEqual(
      ["Visitor TACTA went to the branch Moscow", "Visitor TACTA is with Олег (Moscow) now"].map(
        said,
      ),
    );
  });

  it("does not come back by news from before it left, but by later ones", () => {
    receiveFrame({ type: "list", moved: { ...moved, rev: 5 } });
    receiveConversations(conversation("a", { rev: 4 }));
    receivePage("mine", page([conversation("a", { rev: 4 })]), "first");
    expect(conversationOf("a")).toBeUndefined();
    receiveConversations(conversation("a", { rev: 6 }));
    expect(conversationOf("a")?.rev).toBe(6);
  });

  it("stays when it has come back since", () => {
    receiveConversations(conversation("a", { rev: 3 }));
    receiveFrame({ type: "list", moved });
    expect(told).toEqual([]);
    expect(conversationOf("a")?.rev).toBe(3);
  });

  it("is told of when the server confirms that it is no longer to be seen", async () => {
    serve(() => refused(404, "not_found"));
    receivePage("mine", page([]), "first");
    await vi.waitFor(() => expect(told).toHaveLength(1), 10_000);
    expect(told[0]).toContain("is with a colleague now");
  });

  it("is not told of when only a list was older than the news", async () => {
    const asked = serve(() => [200, { messages: [] }]);
    receivePage("mine", page([]), "first");
    await vi.waitFor(() => expect(asked).toHaveLength(1), 10_000);
    await Promise.resolve();
    expect(told).toEqual([]);
  });
});

/** The visitor's name is made of the contact's id. */
const said = (words: string) => words.replace("TACTA", "ACTA");

describe("alarms", () => {
  const alarmed = conversation("a", { rev: 2, assignee: oleg, alarm: "unanswered" });
  const page = (items: Conversation[]) => ({ items, next: null, list_rev: 1 });
  const lists = { mine: page([]), queue: page([]) };
  const listed = (...items: Conversation[]) => {
    serve(({ path }) => [200, path.includes("lists") ? lists : page(items)]);
    return loadTab("all");
  };

  beforeEach(() => {
    startAsAnna();
    serve(() => [200, {}]);
  });

  it("reach supervisors once, by a frame", () => {
    useSession.setState({ operator: elena });
    const told = vi.spyOn(notices, "notifyOf").mockImplementation(() => {});
    receiveFrame({ type: "conversation", conversation: alarmed });
    receiveFrame({ type: "conversation", conversation: alarmed });
    receiveFrame({ type: "conversation", conversation: { ...alarmed, rev: 3 } });
    expect(told).toHaveBeenCalledTimes(1);
    expect(told.mock.calls[0]?.[1]).toContain("Олег");
  });

  it("reach supervisors once, by a list that came before the frame", async () => {
    useSession.setState({ operator: elena });
    const told = vi.spyOn(notices, "notifyOf").mockImplementation(() => {});
    await listed({ ...alarmed, rev: 1, alarm: null });
    await listed(alarmed);
    expect(told).toHaveBeenCalledTimes(1);
    await listed(alarmed);
    receiveFrame({ type: "conversation", conversation: alarmed });
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("that were there before the list first came are no news", async () => {
    useSession.setState({ operator: elena });
    const told = vi.spyOn(notices, "notifyOf").mockImplementation(() => {});
    await listed(alarmed);
    expect(told).not.toHaveBeenCalled();
  });

  it("that a break hid are told after it, whatever list is on the screen", async () => {
    useSession.setState({ operator: elena });
    const told = vi.spyOn(notices, "notifyOf").mockImplementation(() => {});
    await listed();
    await loadLists();
    serve(({ path }) => [
      200,
      path.includes("lists") ? lists : page(path.includes("all") ? [alarmed] : []),
    ]);
    await loadLists();
    expect(told).not.toHaveBeenCalled();
    await loadListsAnew();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it("do not reach operators", () => {
    const told = vi.spyOn(notices, "notifyOf").mockImplementation(() => {});
    receiveFrame({ type: "conversation", conversation: alarmed });
    expect(told).not.toHaveBeenCalled();
  });

  it("stand on top of all conversations, and nowhere else", () => {
    receivePage(
      "all",
      {
        items: [conversation("new", { activity_at: at(9) }), { ...alarmed, activity_at: at(1) }],
        next: null,
        list_rev: 1,
      },
      "first",
    );
    const { lists, byId } = useConversations.getState();
    const ids = (tab: "all" | "mine") => rows(tab, lists.all, byId, "oleg").map(({ id }) => id);
    expect(ids("all")).toEqual(["a", "new"]);
  });
});

describe("who may what", () => {
  const others = conversation("a", { assignee: oleg, may_reply: false });

  it("its assignee and supervisors hand it on; supervisors take over what others have", () => {
    expect(mayTransfer(conversation("a"), anna)).toBe(true);
    expect(mayTransfer(others, anna)).toBe(false);
    expect(mayTransfer(others, elena)).toBe(true);
    expect(mayTransfer({ ...others, status: "resolved" }, elena)).toBe(false);
    expect(mayTakeOver(others, elena)).toBe(true);
    expect(mayTakeOver(conversation("a"), { ...elena, id: "anna" })).toBe(false);
    expect(mayTakeOver(others, anna)).toBe(false);
  });

  it("operators see their own, and what waits in their branch", () => {
    expect(maySee(others, anna)).toBe(false);
    expect(maySee(others, elena)).toBe(true);
    expect(maySee(conversation("a", queued), anna)).toBe(true);
    expect(maySee(conversation("a", { ...queued, branch_id: "msk" }), anna)).toBe(false);
  });
});

describe("the team", () => {
  const member = (id: string, facts: Partial<TeamMember> = {}): TeamMember => ({
    id,
    name: id,
    presence: "online",
    connected: true,
    open: 0,
    capacity: 5,
    ...facts,
  });
  const branch = (
    name: string,
    members: TeamMember[],
    facts: Partial<Team["branches"][number]> = {},
  ) => ({ id: name, name, open: true, changes_at: null, queued: 0, members, ...facts });

  it("thinks of nobody as online whom nothing reaches", () => {
    expect(being(member("a"))).toBe("online");
    expect(being(member("a", { connected: false }))).toBe("disconnected");
    expect(being(member("a", { open: 5 }))).toBe("full");
    expect(being(member("a", { presence: "busy", connected: false }))).toBe("busy");
  });

  it("shows first who can take something, the least busy on top", () => {
    const members = [
      member("away", { presence: "away" }),
      member("busier", { open: 3 }),
      member("free"),
      member("full", { open: 5 }),
    ];
    expect(inReach(members).map(({ id }) => id)).toEqual(["free", "busier", "full", "away"]);
  });

  it("tells who has never come in from who is away, until they are here", () => {
    const members = [
      member("new", { presence: "away", connected: false }),
      member("away", { presence: "away", connected: false, open: 2 }),
    ];
    const known = [
      { id: "new", invited: true },
      { id: "away", invited: false },
    ];
    expect(inReach(members, known).map(being)).toEqual(["away", "invited"]);
    expect(being({ ...member("new", { presence: "away" }), invited: true })).toBe("away");
  });

  it("counts who could be given a conversation now, without who has it", () => {
    const members = [member("a"), member("b"), member("away", { presence: "away" })];
    expect(freeOf(branch("x", members), "a")).toBe(1);
    expect(freeOf(branch("x", members, { open: false }), null)).toBe(0);
  });

  it("finds a branch with all its people, or people within their branches", () => {
    const branches = [branch("Moscow", [member("Maria")]), branch("Omsk", [member("Anna")])];
    expect(found(branches, " mosc")).toEqual([branches[0]]);
    expect(found(branches, "ANN")).toEqual([branches[1]]);
    expect(found(branches, "nobody")).toEqual([]);
    expect(found(branches, "")).toEqual(branches);
  });

  it("tells when a branch opens or closes", () => {
    const now = new Date(2031, 4, 9, 12).getTime();
    const words = (facts: object) => hoursWords(teamText(), "en", branch("x", [], facts), now);
    const on = (day: number) => new Date(2031, 4, day, 18).toISOString();
    expect(words({})).toBe("Open");
    expect(words({ changes_at: on(9) })).toMatch(/^Open until 0?(18|6):00/);
    expect(words({ open: false, changes_at: on(10) })).toMatch(/^Closed, opens tomorrow /);
    expect(words({ open: false, changes_at: on(12) })).toMatch(/^Closed, opens Mon, /);
  });

  it("counts who was given how many, by cause, and who was given nothing", () => {
    const given = (operator: { id: string; name: string }, cause: Assignment["cause"]) => ({
      conversation_id: "c",
      assignment: { operator, assigned_at: at(0), cause, considered: [] },
    });
    const counted = shares(
      [given(oleg, "routed"), given(oleg, "escalated"), given({ id: "z", name: "z" }, "claimed")],
      [member("oleg", { name: "Олег" }), member("idle")],
    );
    expect(counted.map(({ id, total }) => [id, total])).toEqual([
      ["oleg", 2],
      ["z", 1],
      ["idle", 0],
    ]);
    expect(counted[0]?.byCause).toMatchObject({ routed: 1, escalated: 1, claimed: 0 });
  });

  it("speaks both languages", () => {
    expect(Object.keys(ru).sort()).toEqual(Object.keys(en).sort());
    setLanguage("ru");
    const counts = [1, 2, 5, 21].map((count) => teamText()("givenCount", { count }));
    expect(counts).toEqual([
      "1\u00a0диалог",
      "2\u00a0диалога",
      "5\u00a0диалогов",
      "21\u00a0диалог",
    ]);
  });
});
