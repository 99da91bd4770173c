import { expect, test } from "vitest";
import { ConversationState } from "../../src/conversation";
import { conversation, message } from "../fakes";

test("it knows when something is missing, and until where it is whole", () => {
  const state = new ConversationState();

  state.accept(conversation({ seq: 3 }), [message(1), message(3)]);
  expect([state.complete, state.after]).toEqual([false, 1]);
  state.accept(conversation({ seq: 3 }), [message(2)]);

  expect([state.complete, state.after]).toEqual([true, 3]);
});

test("late news do not turn the conversation back", () => {
  const state = new ConversationState();
  state.accept(conversation({ seq: 2, rev: 5, status: "resolved" }), []);

  state.accept(conversation({ seq: 1, rev: 3 }), [message(1)]);

  expect(state.current.value).toMatchObject({ rev: 5, status: "resolved" });
  expect(state.messages.value).toHaveLength(1);
});

test("a newer conversation takes the stage, what was said before stays above", () => {
  const state = new ConversationState();
  state.accept(conversation({ seq: 1 }), [message(1)]);

  const next = conversation({ id: "c2", seq: 1, created_at: "2031-05-10T12:00:00Z" });
  state.accept(next, [message(1, { conversation_id: "c2" })]);
  state.accept(conversation({ seq: 2, rev: 9 }), [message(2)]);

  expect(state.current.value?.id).toBe("c2");
  expect(state.earlier.value.map(({ conversation_id }) => conversation_id)).toEqual(["c1"]);
  expect(state.messages.value.map(({ conversation_id }) => conversation_id)).toEqual(["c2"]);
});

test("a window of the newest is whole, history goes before it", () => {
  const state = new ConversationState();
  const window = Array.from({ length: 50 }, (_, index) => message(index + 71));

  state.begin(conversation({ seq: 120 }), window);
  expect([state.complete, state.after, state.base.value]).toEqual([true, 120, 70]);
  state.prepend(
    "c1",
    Array.from({ length: 50 }, (_, index) => message(index + 21)),
  );
  expect([state.complete, state.base.value]).toEqual([true, 20]);
  state.prepend("c1", []);

  expect(state.base.value).toBe(0);
});

test("beginning again after a long sleep leaves no hole", () => {
  const state = new ConversationState();
  state.begin(conversation({ seq: 2 }), [message(1), message(2)]);

  state.begin(conversation({ seq: 60, rev: 60 }), [message(59), message(60)]);

  expect([state.complete, state.base.value]).toEqual([true, 58]);
  expect(state.messages.value.map(({ seq }) => seq)).toEqual([59, 60]);
});

test("unread are the operators' messages after what was seen, and after the visitor's own last words", () => {
  const state = new ConversationState();
  state.begin(conversation({ seq: 4 }), [
    message(1, { direction: "in" }),
    message(2),
    message(3),
    message(4, { direction: "system" }),
  ]);
  expect(state.unread).toBe(2);

  state.seen.value = { id: "c1", seq: 2 };
  expect(state.unread).toBe(1);
  state.seen.value = { id: "another", seq: 9 };
  expect(state.unread).toBe(2);
  state.accept(conversation({ seq: 5, rev: 2 }), [message(5, { direction: "in" })]);

  expect(state.unread).toBe(0);
});
