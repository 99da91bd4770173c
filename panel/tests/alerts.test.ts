import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { known, newsIn } from "../src/alerts/kinds";
import { leads } from "../src/alerts/leader";
import { lookAtPermission } from "../src/alerts/popups";
import { chooseAlerts, readAlertSettings, useAlertSettings } from "../src/alerts/settings";
import { watchForNews } from "../src/alerts/watch";
import { noticeAlarm } from "../src/conversations/alarms";
import { receiveConversations, receivePage } from "../src/conversations/store";
import { setLanguage } from "../src/i18n/language";
import { useViewing } from "../src/realtime/viewing";
import { useSession } from "../src/session/store";
import { anna, at, conversation, queued, startAsAnna } from "./samples";

const MINE = "messenger:panel:alerts:anna";

describe("what is news in one's own conversations", () => {
  const mine = conversation("a", { assignee_opened_at: null });

  it("a conversation that one was given, and another when a colleague had it before", () => {
    expect(newsIn(undefined, mine)).toBe("given");
    expect(newsIn(undefined, { ...mine, handed_over: true })).toBe("handed");
  });

  it("not what one took oneself, nor what has ended", () => {
    expect(newsIn(undefined, { ...mine, assignee_opened_at: at(0) })).toBeNull();
    expect(newsIn(undefined, { ...mine, status: "resolved" })).toBeNull();
  });

  it("a message more, unless it has been read somewhere", () => {
    const more = { ...mine, in_count: 2, unread: 1 };
    expect(newsIn(known(mine), more)).toBe("message");
    expect(newsIn(known(mine), { ...more, unread: 0 })).toBeNull();
    expect(newsIn(known(more), more)).toBeNull();
  });

  it("the same conversation again, when it comes back later", () => {
    expect(newsIn(known(mine), { ...mine, assignee_assigned_at: at(9) })).toBe("given");
  });
});

describe("how one wants to be alerted", () => {
  beforeEach(() => {
    startAsAnna();
    localStorage.clear();
    readAlertSettings();
  });

  it("is heard and seen until one chooses otherwise, and kept", () => {
    expect(useAlertSettings.getState()).toEqual({
      sound: true,
      volume: 0.6,
      popups: true,
      muted: [],
    });
    chooseAlerts({ sound: false, muted: ["message"] });
    useAlertSettings.setState({ sound: true, muted: [] });
    readAlertSettings();
    expect(useAlertSettings.getState()).toMatchObject({ sound: false, muted: ["message"] });
  });

  it("is each operator's own", () => {
    chooseAlerts({ sound: false });
    useSession.setState({ operator: { ...anna, id: "oleg" } });
    readAlertSettings();
    expect(useAlertSettings.getState().sound).toBe(true);
  });

  it.each(["nonsense", "[]", "null", '{"volume": "loud", "muted": "all"}', '{"volume": 99}'])(
    "survives %s in its place",
    (stored) => {
      localStorage.setItem(MINE, stored);
      readAlertSettings();
      const { volume, muted } = useAlertSettings.getState();
      expect(volume).toBeGreaterThanOrEqual(0);
      expect(volume).toBeLessThanOrEqual(1);
      expect(muted).toEqual([]);
    },
  );
});

describe("an alert", () => {
  const sounded: number[] = [];
  const popped: { title: string; tag: string; click: () => void }[] = [];
  let end: () => void;
  let focused: boolean;

  class Node {
    gain = { linearRampToValueAtTime() {}, setValueAtTime() {}, exponentialRampToValueAtTime() {} };
    frequency = { setValueAtTime: (hertz: number) => this.heard.push(hertz) };
    heard: number[] = [];
    connect = (next: unknown) => next;
    start = () => sounded.push(this.heard.length);
    stop() {}
  }
  class Audio {
    state = "suspended";
    currentTime = 0;
    destination = {};
    async resume() {
      this.state = "running";
    }
    async suspend() {}
  }
  class Popup {
    static permission = "granted";
    onclick: (() => void) | null = null;
    constructor(title: string, { tag = "" }: NotificationOptions) {
      popped.push({ title, tag, click: () => this.onclick?.() });
    }
    close() {}
  }

  beforeEach(async () => {
    startAsAnna();
    setLanguage("en");
    localStorage.clear();
    sounded.splice(0);
    popped.splice(0);
    focused = false;
    vi.stubGlobal("navigator", {
      locks: { request: (_: string, work: () => unknown) => work() },
      languages: ["en"],
    });
    vi.stubGlobal("AudioContext", Audio);
    vi.stubGlobal("OscillatorNode", Node);
    vi.stubGlobal("GainNode", Node);
    vi.stubGlobal("Notification", Popup);
    vi.spyOn(document, "hasFocus").mockImplementation(() => focused);
    vi.spyOn(Date, "now").mockImplementation(() => performance.now() * 1_000_000);
    lookAtPermission();
    end = watchForNews();
    receivePage("mine", { items: [conversation("a")], next: null, list_rev: 1 }, "first");
    dispatchEvent(new Event("pointerdown"));
    await vi.waitFor(() => expect([leads("sound"), leads("popups")]).toEqual([true, true]), 10_000);
  });

  afterEach(() => {
    end();
    vi.unstubAllGlobals();
  });

  const comes = () => receiveConversations(conversation("a", { rev: 2, in_count: 2, unread: 1 }));

  it("is not raised of what was there before", () => {
    expect([sounded, popped]).toEqual([[], []]);
  });

  it("of a message is one tone, and leads to the conversation", () => {
    comes();
    expect(sounded).toEqual([1]);
    expect(popped.map(({ tag }) => tag)).toEqual(["a"]);
    popped[0]?.click();
    expect(location.hash).toBe("#/conversations/a");
  });

  it("of a new conversation sounds otherwise than of one that a colleague had", () => {
    const fresh = { assignee_opened_at: null, assignee_assigned_at: at(3) };
    receiveConversations(conversation("b", fresh));
    receiveConversations(conversation("c", { ...fresh, handed_over: true }));
    expect(sounded).toEqual([2, 3]);
    expect(popped.map(({ title }) => title.replace(/Visitor \S+/, "Visitor"))).toEqual([
      "New conversation: Visitor",
      "Visitor comes to you from a colleague",
    ]);
  });

  it("is raised once, however often it is told", () => {
    comes();
    comes();
    receivePage("mine", { items: [], next: null, list_rev: 2 }, "first");
    receiveConversations(conversation("a", { rev: 3, in_count: 2, unread: 1 }));
    expect(sounded).toEqual([1]);
  });

  it("is not raised of what others have, nor of the queue", () => {
    receiveConversations(
      conversation("b", queued),
      conversation("c", { assignee: { id: "oleg", name: "" } }),
    );
    expect([sounded, popped]).toEqual([[], []]);
  });

  it("is quiet about the conversation before one's eyes, and sounds of another one", () => {
    focused = true;
    useViewing.setState({ id: "a" });
    comes();
    expect(sounded).toEqual([]);
    const fresh = { assignee_opened_at: null, assignee_assigned_at: at(3) };
    receiveConversations(conversation("b", fresh));
    expect([sounded, popped]).toEqual([[2], []]);
  });

  it("is raised of the open conversation when one looks elsewhere", () => {
    useViewing.setState({ id: "a" });
    comes();
    expect([sounded.length, popped.length]).toEqual([1, 1]);
  });

  it("obeys what was chosen", () => {
    chooseAlerts({ sound: false });
    comes();
    expect([sounded.length, popped.length]).toEqual([0, 1]);
    chooseAlerts({ sound: true, popups: false });
    receiveConversations(conversation("a", { rev: 3, in_count: 3, unread: 2 }));
    expect([sounded.length, popped.length]).toEqual([1, 1]);
    chooseAlerts({ muted: ["message"] });
    receiveConversations(conversation("a", { rev: 4, in_count: 4, unread: 3 }));
    expect([sounded.length, popped.length]).toEqual([1, 1]);
  });

  it("of an alarm reaches who watches over all", () => {
    const alarmed = conversation("z", {
      assignee: { id: "oleg", name: "Oleg" },
      alarm: "unanswered",
    });
    noticeAlarm(alarmed);
    expect(sounded).toEqual([]);
    useSession.setState({ operator: { ...anna, role: "supervisor" } });
    noticeAlarm(alarmed);
    expect(sounded).toEqual([2]);
    expect(popped[0]?.title).toContain("Oleg");
  });
});
