import { expect, it } from "vitest";
import { keepOrder } from "../src/list/held";

const row = (id: string) => ({ id });
const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).join("");

it("keeps the order under the pointer and counts what waits", () => {
  const { shown, waiting } = keepOrder([row("c"), row("a"), row("b")], ["a", "b", "c"]);
  expect(ids(shown)).toBe("abc");
  expect(waiting).toBe(1);
});

it("shows the newest content of a row that stays in its place", () => {
  const changed = row("a");
  expect(keepOrder([row("b"), changed], ["a", "b"]).shown[0]).toBe(changed);
});

it("leaves a new row out until it may move the others", () => {
  const { shown, waiting } = keepOrder([row("n"), row("a")], ["a"]);
  expect(ids(shown)).toBe("a");
  expect(waiting).toBe(1);
});

it("lets rows join at the end: they move nothing", () => {
  const { shown, waiting } = keepOrder([row("a"), row("b"), row("n")], ["a", "b"]);
  expect(ids(shown)).toBe("abn");
  expect(waiting).toBe(0);
});

it("lets go of a row that is gone", () => {
  expect(ids(keepOrder([row("b")], ["a", "b"]).shown)).toBe("b");
});
