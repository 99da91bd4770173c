import type { Conversation, ConversationList } from "@shared/wire";
import { describe, expect, it } from "vitest";
import {
  mergeConversations,
  rows,
  unloaded,
  withArrived,
  withFirstPage,
  withNextPage,
} from "../src/conversations/listing";
import { at, conversation, queued } from "./samples";

const page = (ids: [string, number][], next: string | null): ConversationList => ({
  items: ids.map(([id, minute]) => conversation(id, { activity_at: at(minute) })),
  next,
  list_rev: 1,
});

const ready = (ids: string[], next: string | null = null) =>
  ({ ids, next, state: "ready", error: null }) as const;

const byIdOf = (...conversations: Conversation[]) => mergeConversations(new Map(), conversations);

const known = (...pages: ConversationList[]) => byIdOf(...pages.flatMap(({ items }) => items));

describe("merging", () => {
  it("keeps the higher rev, whichever comes last", () => {
    const newer = conversation("a", { rev: 5 });
    const byId = mergeConversations(byIdOf(newer), [conversation("a", { rev: 4 })]);
    expect(byId.get("a")).toBe(newer);
  });

  it("returns the same object when nothing is newer, so that no row renders", () => {
    const byId = byIdOf(conversation("a", { rev: 5 }));
    expect(mergeConversations(byId, [conversation("a", { rev: 5 })])).toBe(byId);
  });
});

describe("order", () => {
  it("puts the newest activity first, and in the queue who waits longest", () => {
    const byId = byIdOf(
      conversation("old", { activity_at: at(1), waiting_since: at(1), ...queued }),
      conversation("new", { activity_at: at(9), waiting_since: at(2), ...queued }),
    );
    const ids = (tab: "all" | "queue") =>
      rows(tab, ready(["old", "new"]), byId, "anna").map(({ id }) => id);
    expect(ids("all")).toEqual(["new", "old"]);
    expect(ids("queue")).toEqual(["old", "new"]);
  });

  it("compares moments, not their spelling", () => {
    const byId = byIdOf(
      conversation("whole", { activity_at: "2031-05-09T12:00:00Z" }),
      conversation("split", { activity_at: "2031-05-09T12:00:00.5Z" }),
    );
    const ids = rows("all", ready(["whole", "split"]), byId, "anna").map(({ id }) => id);
    expect(ids).toEqual(["split", "whole"]);
  });
});

describe("membership", () => {
  it("drops a row as soon as a frame says that it belongs elsewhere", () => {
    const byId = byIdOf(conversation("a"), conversation("b", { status: "resolved" }));
    expect(rows("mine", ready(["a", "b"]), byId, "anna").map(({ id }) => id)).toEqual(["a"]);
  });

  it("lets an arrived conversation into the lists it belongs to, once", () => {
    const fresh = conversation("new", queued);
    const entered = withArrived("queue", ready([]), [fresh], "anna");
    expect(entered.ids).toEqual(["new"]);
    expect(withArrived("queue", entered, [fresh], "anna")).toBe(entered);
    expect(withArrived("mine", ready([]), [fresh], "anna").ids).toEqual([]);
  });

  it("adds nothing to a list that has not been loaded", () => {
    expect(withArrived("mine", unloaded, [conversation("a")], "anna")).toBe(unloaded);
  });
});

describe("paging", () => {
  const first = page(
    [
      ["e", 50],
      ["d", 40],
    ],
    "cursor-1",
  );
  const second = page(
    [
      ["c", 30],
      ["b", 20],
    ],
    "cursor-2",
  );
  const loaded = withNextPage(withFirstPage("all", unloaded, first, known(first)), second);

  it("continues behind the last page", () => {
    expect(loaded.ids).toEqual(["e", "d", "c", "b"]);
    expect(loaded.next).toBe("cursor-2");
  });

  it("keeps what lies behind the first page when that is fetched again", () => {
    const again = page(
      [
        ["f", 60],
        ["e", 50],
      ],
      "cursor-9",
    );
    const renewed = withFirstPage("all", loaded, again, known(first, second, again));
    expect(renewed.ids).toEqual(["f", "e", "d", "c", "b"]);
    expect(renewed.next).toBe("cursor-2");
  });

  it("forgets what the first page no longer has within its range", () => {
    const again = page(
      [
        ["e", 50],
        ["c", 30],
      ],
      "cursor-9",
    );
    const renewed = withFirstPage("all", loaded, again, known(first, second));
    expect(renewed.ids).toEqual(["e", "c", "b"]);
  });

  it("takes a page without a next as the whole list", () => {
    const again = page([["e", 50]], null);
    expect(withFirstPage("all", loaded, again, known(first, second)).ids).toEqual(["e"]);
  });
});
