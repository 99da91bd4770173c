import { EMOJI, findEmoji, moveInGrid, recentEmoji, rememberEmoji } from "@shared/emoji";
import { insert, insertLink, markOf, toggleList, toggleMark } from "@shared/marking";
import { isEmojiOnly } from "@shared/markup";
import { beforeEach, expect, test } from "vitest";

let field: HTMLTextAreaElement;

beforeEach(() => {
  localStorage.clear();
  field = document.createElement("textarea");
  document.body.replaceChildren(field);
});

/** `a [b] c`: what is between the brackets is selected. */
function write(text: string): void {
  field.value = text.replace(/[⟦⟧]/g, "");
  field.setSelectionRange(text.indexOf("⟦"), text.indexOf("⟧") - 1);
}

function shown(): string {
  const { value, selectionStart: from, selectionEnd: to } = field;
  return `${value.slice(0, from)}⟦${value.slice(from, to)}⟧${value.slice(to)}`;
}

test.each([
  ["a ⟦b⟧ c", "a **⟦b⟧** c"],
  ["a **⟦b⟧** c", "a ⟦b⟧ c"],
  ["a ⟦**b**⟧ c", "a ⟦b⟧ c"],
  ["a ⟦ b ⟧c", "a  **⟦b⟧** c"],
  ["a ⟦⟧", "a **⟦⟧**"],
])("bold: %j becomes %j", (before, after) => {
  write(before);

  toggleMark(field, "**");

  expect(shown()).toBe(after);
});

test("selected lines become a list and lines again", () => {
  write("head\no⟦ne\ntw⟧o");
  toggleList(field);
  expect(shown()).toBe("head\n⟦- one\n- two⟧");

  toggleList(field);

  expect(shown()).toBe("head\n⟦one\ntwo⟧");
});

test.each([
  ["see ⟦this⟧", "see [this](⟦https://⟧)"],
  ["see ⟦⟧", "see [⟦⟧](https://)"],
  ["see ⟦https://a.b⟧", "see [⟦⟧](https://a.b)"],
])("a link of %j is %j", (before, after) => {
  write(before);

  insertLink(field);

  expect(shown()).toBe(after);
});

test("whoever holds the text hears of what is inserted", () => {
  let heard = 0;
  field.addEventListener("input", () => {
    heard += 1;
  });

  insert(field, "😀");

  expect([field.value, heard]).toEqual(["😀", 1]);
});

test("keys count by their place", () => {
  const key = (code: string, more: KeyboardEventInit) =>
    markOf(new KeyboardEvent("keydown", { code, ...more }));

  expect(key("KeyB", { ctrlKey: true, key: "и" })).toBe("**");
  expect(key("KeyI", { metaKey: true })).toBe("_");
  expect(key("KeyI", { ctrlKey: true, shiftKey: true })).toBeNull();
  expect(key("KeyB", {})).toBeNull();
});

test("each emoji is one, and has a name of its own in both languages", () => {
  expect(EMOJI.filter(({ char }) => !isEmojiOnly(char))).toEqual([]);
  for (const of of [0, 1] as const) {
    const names = EMOJI.map(({ names }) => names[of]);
    expect(names.every(Boolean)).toBe(true);
    expect(new Set(names).size).toBe(names.length);
  }
});

test("they are found by either language, the ones used last first", () => {
  const chars = (query: string) => findEmoji(query).map(({ char }) => char);
  expect(chars("спас")).toContain("🙏");
  expect(chars("Thumbs UP")).toEqual(["👍"]);
  expect(chars("qqq")).toEqual([]);

  for (const char of ["🙏", "👍", "🙏"]) rememberEmoji(char);

  expect(recentEmoji().map(({ char }) => char)).toEqual(["🙏", "👍"]);
  expect(chars("").slice(0, 3)).toEqual(["🙏", "👍", "😀"]);
  expect(new Set(chars("")).size).toBe(EMOJI.length);
});

test("arrows walk the grid and stop at its edges", () => {
  const grid = { columns: 8, count: 20, rtl: false };

  expect(
    ["ArrowRight", "ArrowDown", "ArrowUp", "Home", "End", "a"].map((key) =>
      moveInGrid(key, 9, grid),
    ),
  ).toEqual([10, 17, 1, 0, 19, null]);
  expect(moveInGrid("ArrowDown", 17, grid)).toBeNull();
  expect(moveInGrid("ArrowLeft", 9, { ...grid, rtl: true })).toBe(10);
});
