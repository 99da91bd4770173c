import { beforeEach, expect, it } from "vitest";
import { receivePage, useConversations } from "../src/conversations/store";
import { ping } from "../src/realtime/ping";
import { useViewing } from "../src/realtime/viewing";
import { anna, at, conversation, startAsAnna } from "./samples";

const asked = () => Object.keys(ping().revs);

beforeEach(startAsAnna);

it("says what is on the screen, what is the operator's, and what waits", () => {
  const mine = conversation("mine", { assignee: { id: anna.id, name: anna.name }, rev: 3 });
  const others = conversation("others", { assignee: { id: "oleg", name: "Oleg" }, rev: 4 });
  const waits = conversation("waits", { assignee: null, rev: 5 });
  receivePage("mine", { items: [mine], next: null, list_rev: 7 }, "first");
  receivePage("queue", { items: [waits], next: null, list_rev: 7 }, "first");
  receivePage("all", { items: [mine, others, waits], next: null, list_rev: 7 }, "first");
  useConversations.setState({ tab: "closed", listRev: 7 });
  useViewing.setState({ id: "others" });

  expect(ping()).toEqual({
    revs: { others: 4, mine: 3, waits: 5 },
    list_rev: 7,
    viewing: "others",
  });
});

it("says of a long list the first rows each time, and the others by turns", () => {
  const items = Array.from({ length: 120 }, (_, index) =>
    conversation(`c${index}`, { assignee: null, activity_at: at(-index) }),
  );
  receivePage("all", { items, next: null, list_rev: 1 }, "first");
  useConversations.setState({ tab: "all" });

  const pings = [asked(), asked(), asked(), asked()];

  for (const each of pings) {
    expect(each).toHaveLength(50);
    expect(each.slice(0, 20)).toEqual(items.slice(0, 20).map(({ id }) => id));
  }
  expect(new Set(pings.flat()).size).toBe(120);
});
